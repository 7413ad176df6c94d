import clsx from 'clsx';
import { EmojiPicker as Picker } from 'frimousse';

import { selectPersonal } from '@/features/settings/slice';
import { TOUCH } from '@/lib/useMedia';
import { Button } from '@/ui/Button';
import { ActiveInView } from './ActiveInView';
import { CategoryBar } from './CategoryBar';
import { COMPONENTS, NamesContext } from './parts';
import { COLUMNS, sectionAt } from './sections';
import { ToneButton } from './ToneButton';
import { usePickerData } from './usePickerData';

const BOX = 'flex h-[360px] max-h-[70dvh] w-[344px] max-w-full flex-col';

export { loadDrawable as preload } from './support';

const focusOn = (element: HTMLElement | null) => element?.focus();

/** All emoji by category, with search, recent ones and skin tones. Arrows move, Enter picks. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('emoji');
  const { data, find, names, sections, tops, hasFailed, retry, language } = usePickerData();
  const { emojiTone = 'none' } = useAppSelector(selectPersonal);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(sections[0]?.id);
  const isTouch = matchMedia(TOUCH).matches;
  const viewport = useRef<HTMLDivElement>(null);
  const isByKeys = useRef(false);
  const query = search.trim().toLowerCase();
  const isSearching = query !== '';
  const resolve = () => (isSearching ? find(query) : data) ?? Promise.reject(new Error('no table yet'));

  if (hasFailed) {
    return (
      <div className={clsx(BOX, 'items-center justify-center gap-3 p-6 text-center')} role="alert">
        <p className="text-md text-fg-2">{t('failed')}</p>
        <Button look="quiet" onClick={retry}>
          {t('retry')}
        </Button>
      </div>
    );
  }
  if (!data) return <div className={BOX} aria-busy />;

  return (
    <Picker.Root
      // Asked for anew with each other language, and so with each other search: it is sorted here.
      locale={`${language} ${query}`}
      columns={COLUMNS}
      skinTone={emojiTone}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      // Focus in the field would bring up a keyboard of glass over half of what there is to choose from.
      tabIndex={-1}
      onKeyDownCapture={() => (isByKeys.current = true)}
      onPointerMoveCapture={() => (isByKeys.current = false)}
      ref={isTouch ? focusOn : undefined}
      className={clsx(BOX, 'outline-none')}
    >
      <div className="flex gap-1.5 px-2.5 pt-2.5 pb-1">
        <Picker.Search
          autoFocus={!isTouch}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={t('search')}
          placeholder={t('search')}
          className="h-9 min-w-0 flex-1 rounded-md bg-sunken px-3 text-md text-fg placeholder:text-fg-3 focus:outline-2 focus:outline-offset-0 focus:outline-focus"
        />
        <ToneButton />
      </div>
      <CategoryBar
        sections={sections}
        shown={shown ?? sections[0]?.id}
        isOff={isSearching}
        onChoose={({ top }) => viewport.current?.scrollTo({ top })}
      />
      <Picker.Viewport
        ref={viewport}
        tabIndex={0}
        onScroll={(event) => setShown(sectionAt(sections, event.currentTarget.scrollTop))}
        className="focus-inside min-h-0 flex-1 rounded-b-xl pr-0.5 pl-2.5"
      >
        <Picker.Empty className="absolute inset-0 flex items-center justify-center text-md text-fg-2">
          {t('noResult')}
        </Picker.Empty>
        <NamesContext value={names}>
          <Picker.List aria-label={t('list')} components={COMPONENTS} />
        </NamesContext>
      </Picker.Viewport>
      <ActiveInView tops={isSearching ? null : tops} viewport={viewport} isByKeys={isByKeys} />
    </Picker.Root>
  );
}
