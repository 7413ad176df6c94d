import type { Row } from './rows';
import { useDayText } from './useDayText';

/** The date line and the line "new messages" above a row. */
export function RowLines({ row, newCount }: { row: Row; newCount: number }) {
  const { t } = useTranslation('timeline');
  const dayText = useDayText();
  return (
    <>
      {row.day && (
        <div className="flex justify-center pt-4 pb-1">
          <span className="rounded-full bg-surface/90 px-3 py-1 text-xs font-semibold text-fg-2 shadow-2">
            {dayText(row.day)}
          </span>
        </div>
      )}
      {row.isFirstNew && (
        <div className="flex items-center gap-3 pt-4 text-xs font-bold text-signal-text">
          <span className="h-px flex-1 bg-signal/35" />
          {newCount > 0 ? t('newMessagesCount', { count: newCount }) : t('newMessages')}
          <span className="h-px flex-1 bg-signal/35" />
        </div>
      )}
    </>
  );
}
