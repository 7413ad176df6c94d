import { useNavigate, useSearchParams } from 'react-router';

import { useNews } from '@/features/announce/useNews';
import { ClosedComposer } from '@/features/composer/ClosedComposer';
import { Composer } from '@/features/composer/Composer';
import { DropArea } from '@/features/media/DropArea';
import { useFormerFriend } from '@/features/people/friendship';
import type { RoomEntry } from '@/features/rooms/slice';
import { TypingLine } from '@/features/typing/TypingLine';
import { Empty } from '@/ui/Empty';
import { Button } from '@/ui/Button';
import { MessagesSquare } from 'lucide-react';
import { focusComposer } from '@/features/composer/focus';
import { type ListHandle, MessageList } from './MessageList';
import { RoomHeader } from './RoomHeader';
import { TimelineSkeleton } from './TimelineSkeleton';
import { ClosedContext } from './useAsking';
import { useConversation } from './useConversation';

/** An open room: its head, its messages, and the place to write. */
export function Conversation({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('timeline');
  const list = useRef<ListHandle>(null);
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const formerFriend = useFormerFriend(room);
  useNews(room.id);
  const at = Number(query.get('at') ?? 0);
  const [isSettled, setSettled] = useState(false);
  const { shown, firstNew, newCount, highlighted, jump, onSent, failure, retry } = useConversation(
    room,
    at,
    list,
  );

  // Jumps within the page don't leave the place that the address names behind.
  const onJump = (seq: number | null) => {
    if (at) {
      const rest = new URLSearchParams(query);
      rest.delete('at');
      void navigate({ search: rest.toString() }, { replace: true });
    }
    jump(seq);
  };

  const hasRows = shown.rows.length > 0;
  const body = () => {
    if (hasRows || (!failure && !shown.isLoaded)) {
      return (
        <div className="relative flex min-h-0 flex-1">
          {!(hasRows && isSettled) && <TimelineSkeleton />}
          {hasRows ? (
            <MessageList
              ref={list}
              room={room}
              shown={shown}
              firstNew={firstNew}
              newCount={newCount}
              highlighted={highlighted}
              onJump={onJump}
              onSettled={() => setSettled(true)}
            />
          ) : (
            <div role="log" aria-label={room.name} aria-busy className="flex-1" />
          )}
        </div>
      );
    }
    if (failure) {
      return (
        <Empty icon={<MessagesSquare />} title={t('loadFailed')} text={t('loadFailedText')}>
          <Button look="quiet" onClick={retry}>
            {t('tryAgain')}
          </Button>
        </Empty>
      );
    }
    return (
      <div
        role="log"
        aria-label={room.name}
        data-region
        tabIndex={-1}
        className="flex min-h-0 flex-1 focus-visible:-outline-offset-2"
      >
        <Empty icon={<MessagesSquare />} title={t('empty')} text={t('emptyText')}>
          {!formerFriend && (
            <Button look="quiet" onClick={focusComposer}>
              {t('sayHello')}
            </Button>
          )}
        </Empty>
      </div>
    );
  };

  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <RoomHeader room={room} />
      <DropArea roomId={room.id} roomName={room.name} isClosed={formerFriend !== undefined}>
        <ClosedContext value={formerFriend !== undefined}>{body()}</ClosedContext>
        <TypingLine roomId={room.id} />
        {formerFriend ? <ClosedComposer friend={formerFriend} /> : <Composer room={room} onSent={onSent} />}
      </DropArea>
    </main>
  );
}
