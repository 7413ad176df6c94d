import { selectDevice } from '@/features/settings/slice';
import { preloadable } from '@/lib/preloadable';
import { whenIdle } from '@/lib/whenIdle';
import { Popover } from '@/ui/Popover';
import { type EmojiRequest, setEmojiHost } from './picker';
import { rememberEmoji } from './recents';

const loadPicker = () => import('./EmojiPicker');
const EmojiPicker = preloadable(loadPicker);

/** Shows the emoji picker where it was asked for. Stands once in the page. */
export function EmojiHost() {
  const [request, setRequest] = useState<EmojiRequest | null>(null);
  const dispatch = useAppDispatch();
  usePreloading();
  useEffect(() => {
    setEmojiHost(setRequest);
    return () => setEmojiHost(undefined);
  }, []);

  const pick = (emoji: string) => {
    setRequest(null);
    dispatch(rememberEmoji(emoji));
    request?.onPick(emoji);
  };

  return (
    <Popover
      label={request?.label ?? ''}
      anchor={request?.anchor ?? null}
      onClose={() => setRequest(null)}
      placement="top-end"
    >
      <Suspense fallback={<div className="h-[360px] w-[344px] max-w-full" />}>
        <EmojiPicker onPick={pick} />
      </Suspense>
    </Popover>
  );
}

/** Gets the picker and its table once the page has nothing else to do, so that it opens at once. */
function usePreloading() {
  const { language } = useAppSelector(selectDevice);
  useEffect(() => {
    const load = () => {
      void EmojiPicker.preload();
      void Popover.preload();
      void loadPicker()
        .then(({ preload }) => preload(language))
        .catch(() => undefined);
    };
    return whenIdle(load);
  }, [language]);
}
