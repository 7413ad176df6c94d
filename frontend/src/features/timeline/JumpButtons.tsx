import { AtSign, ChevronDown, CornerDownLeft } from 'lucide-react';

import { THE_END, jumpedFrom, selectCameFrom } from '@/features/shell/slice';
import type { RoomEntry } from '@/features/rooms/slice';

interface Props {
  room: RoomEntry;
  isAway: boolean;
  /** Messages below the view. */
  below: number;
  onJump: (seq: number | null) => void;
}

const ROUND =
  'relative flex size-11 items-center justify-center rounded-full bg-raised text-fg-2 shadow-2 hover:text-fg active:scale-[0.96]';

/** Ways on, at the lower right: to the next mention, back from a jump, to the newest message. */
export function JumpButtons({ room, isAway, below, onJump }: Props) {
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const cameFrom = useAppSelector((state) => selectCameFrom(state, room.id));
  const mention = room.mentions[0];
  return (
    <div className="absolute right-4 bottom-2 z-10 flex flex-col gap-2">
      {cameFrom !== undefined && (
        <button
          type="button"
          aria-label={t('goBack')}
          title={t('goBack')}
          className={ROUND}
          onClick={() => {
            dispatch(jumpedFrom({ roomId: room.id, seq: null }));
            onJump(cameFrom === THE_END ? null : cameFrom);
          }}
        >
          <CornerDownLeft aria-hidden size={19} />
        </button>
      )}
      {isAway && mention && (
        <button
          type="button"
          aria-label={t('toMention')}
          title={t('toMention')}
          className={ROUND}
          onClick={() => onJump(mention)}
        >
          <AtSign aria-hidden size={19} className="text-signal-text" />
        </button>
      )}
      {isAway && (
        <button
          type="button"
          aria-label={below > 0 ? t('toNewestCount', { count: below }) : t('toNewest')}
          title={t('toNewest')}
          className={ROUND}
          onClick={() => onJump(null)}
        >
          <ChevronDown aria-hidden size={21} />
          {below > 0 && (
            <span
              // Another number is another element: a wider one does not move the one of before.
              key={below}
              aria-hidden
              className="absolute -top-1.5 flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 text-2xs font-bold text-accent-fg tabular-nums"
            >
              {below > 999 ? '999+' : below}
            </span>
          )}
        </button>
      )}
    </div>
  );
}
