import { selectDevice, selectPersonal } from '@/features/settings/slice';
import { foundData, pickerData, rowTops, sectionsOf } from './sections';
import { drawableNow, loadDrawable } from './support';

/** The emoji that the picker offers, or that they could not be had. */
export function usePickerData() {
  const { t } = useTranslation('emoji');
  const { language } = useAppSelector(selectDevice);
  const { recentEmoji } = useAppSelector(selectPersonal);
  // What is picked meanwhile moves nothing under the pointer.
  const [recent] = useState(recentEmoji);
  const [entries, setEntries] = useState(() => drawableNow(language));
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    loadDrawable(language).then(
      (table) => isCurrent && setEntries(table),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [language, attempt]);

  const data = useMemo(
    () => entries && pickerData(entries, recent, language, (id) => t(`category.${id}`)),
    [entries, recent, language, t],
  );
  const find = useCallback(
    (query: string) => entries && foundData(entries, query, language, t('results')),
    [entries, language, t],
  );
  const names = useMemo(() => new Map(entries?.map(({ emoji, label }) => [emoji, label])), [entries]);
  const sections = useMemo(() => (data ? sectionsOf(data) : []), [data]);
  const tops = useMemo(() => (data ? rowTops(data) : null), [data]);
  const retry = () => {
    setFailed(false);
    setAttempt(attempt + 1);
  };
  return { data, find, names, sections, tops, hasFailed, retry, language };
}
