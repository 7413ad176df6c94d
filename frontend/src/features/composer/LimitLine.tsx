import { TEXT_MAX, lengthOf } from './limit';

/** Shown when fewer characters than this remain. */
const NEAR = 200;

interface Props {
  roomId: number;
  text: string;
  onAsFile: () => void;
}

/** How many characters remain, near the limit; above it a way out. */
export function LimitLine({ text, onAsFile }: Props) {
  const { t } = useTranslation('composer');
  if (text.length < TEXT_MAX - NEAR) return null;
  const rest = TEXT_MAX - lengthOf(text);
  if (rest > NEAR) return null;
  return (
    <p id="composer-limit" className="flex items-center justify-end gap-2 px-2 pt-1 text-xs text-fg-3">
      {rest >= 0 ? (
        t('remaining', { count: rest })
      ) : (
        <>
          <span className="text-danger">{t('tooLong', { count: -rest })}</span>
          <button
            type="button"
            onClick={onAsFile}
            className="touch min-h-6 rounded-xs font-semibold text-accent-text underline"
          >
            {t('asFile')}
          </button>
        </>
      )}
    </p>
  );
}
