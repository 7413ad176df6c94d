import { EmojiPicker as Picker } from 'frimousse';

import { personalChanged, selectPersonal } from '@/features/settings/slice';
import { TONES } from './data';

/** One click further: the five tones, and none. */
export function ToneButton() {
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
          className="touch flex size-9 shrink-0 items-center justify-center rounded-md font-emoji text-[20px] leading-none hover:bg-hover"
        >
          {skinToneVariations.find(({ skinTone }) => skinTone === emojiTone)?.emoji}
        </button>
      )}
    </Picker.SkinTone>
  );
}
