import clsx from 'clsx';
import {
  EmojiPicker as Picker,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
} from 'frimousse';

import { personalChanged, selectPersonal } from '@/features/settings/slice';
import { Button } from '@/ui/Button';
import { CategoryBar } from './CategoryBar';
import { TONES } from './data';
import { COLUMNS, HEADER, ROW, sectionAt } from './sections';
import { usePickerData } from './usePickerData';

const BOX = 'flex h-[360px] max-h-[70dvh] w-[344px] max-w-full flex-col';

/** All emoji by category, with search, recent ones and skin tones. Arrows move, Enter picks. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('emoji');
  const { data, sections, hasFailed, retry, language } = usePickerData();
  const { emojiTone = 'none' } = useAppSelector(selectPersonal);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(sections[0]?.id);
  const viewport = useRef<HTMLDivElement>(null);
  const resolve = useCallback(() => data ?? Promise.reject(new Error('no table yet')), [data]);

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
      locale={language}
      columns={COLUMNS}
      skinTone={emojiTone}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className={BOX}
    >
      <div className="flex gap-1.5 px-2.5 pt-2.5 pb-1">
        <Picker.Search
          autoFocus
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
        isOff={search.trim() !== ''}
        onChoose={({ top }) => viewport.current?.scrollTo({ top })}
      />
      <Picker.Viewport
        ref={viewport}
        tabIndex={-1}
        onScroll={(event) => setShown(sectionAt(sections, event.currentTarget.scrollTop))}
        className="min-h-0 flex-1 pr-0.5 pl-2.5"
      >
        <Picker.Empty className="absolute inset-0 flex items-center justify-center text-md text-fg-2">
          {t('noResult')}
        </Picker.Empty>
        <Picker.List aria-label={t('list')} components={{ CategoryHeader, Emoji }} />
      </Picker.Viewport>
    </Picker.Root>
  );
}

function CategoryHeader({ category, style, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div
      {...rest}
      style={{ ...style, height: HEADER }}
      className="flex items-center bg-raised px-1 text-xs font-semibold text-fg-3"
    >
      {category.label}
    </div>
  );
}

function Emoji({ emoji, style, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button
      type="button"
      {...rest}
      title={emoji.label}
      style={{ ...style, width: `${100 / COLUMNS}%`, height: ROW }}
      className={clsx(
        'flex shrink-0 items-center justify-center rounded-md font-emoji text-[22px] leading-none',
        emoji.isActive && 'bg-selected',
      )}
    >
      {emoji.emoji}
    </button>
  );
}

/** One click further: the five tones, and none. */
function ToneButton() {
  const { t } = useTranslation('emoji');
  const { emojiTone = 'none' } = useAppSelector(selectPersonal);
  const dispatch = useAppDispatch();
  const tones = ['none', ...TONES] as const;
  const next = tones[(tones.indexOf(emojiTone) + 1) % tones.length] ?? 'none';
  const label = t('tone', { tone: t(`tone.${emojiTone}`) });
  return (
    <Picker.SkinTone emoji="✋">
      {({ skinToneVariations }) => (
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => dispatch(personalChanged({ emojiTone: next }))}
          className="flex size-9 shrink-0 items-center justify-center rounded-md font-emoji text-[20px] leading-none hover:bg-hover"
        >
          {skinToneVariations.find(({ skinTone }) => skinTone === emojiTone)?.emoji}
        </button>
      )}
    </Picker.SkinTone>
  );
}
