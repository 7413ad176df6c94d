import { File, Image, Link as LinkIcon, Mic } from 'lucide-react';
import type { KeyboardEvent } from 'react';

import { useFailureText } from '@/features/account/useFailureText';
import { FindField } from '@/features/people/FindField';
import { useDebounced } from '@/features/people/useDebounced';
import { SidePanel } from '@/features/shell/SidePanel';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import type { RoomEntry } from '../slice';
import { BackToDetails } from './BackToDetails';
import { FileRow, LinkRows, VoiceRow } from './MediaRows';
import { MediaSquare } from './MediaSquare';
import type { Has } from './shelves';
import { useMedia } from './useMedia';
import { useReached } from './useReached';

const TABS = [
  { id: 'photos', kinds: ['image', 'video'] as readonly Has[], icon: Image },
  { id: 'files', kinds: ['file'] as readonly Has[], icon: File },
  { id: 'voice', kinds: ['voice'] as readonly Has[], icon: Mic },
  { id: 'links', kinds: ['link'] as readonly Has[], icon: LinkIcon },
] as const;

type Tab = (typeof TABS)[number];

const PAGE = 30;
const PAUSE_MS = 250;

/** Everything but words that was sent to a room, by kind. */
export function MediaPanel({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('panel');
  const [tab, setTab] = useState<Tab>(TABS[0]);
  const [typed, setTyped] = useState('');
  const words = useDebounced(typed.trim(), PAUSE_MS);
  const id = useId();
  return (
    <SidePanel title={t('media')} start={<BackToDetails roomId={room.id} />}>
      <div className="sticky top-0 z-10 flex flex-col gap-2 bg-surface px-4 pb-2">
        <FindField label={t('findFile')} value={typed} onChange={setTyped} />
        <Tabs id={id} open={tab} onOpen={setTab} />
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab.id}`}
        className="flex flex-1 flex-col px-4 pb-6"
      >
        <Found key={tab.id} room={room} tab={tab} words={words} />
      </div>
    </SidePanel>
  );
}

interface TabsProps {
  id: string;
  open: Tab;
  onOpen: (tab: Tab) => void;
}

function Tabs({ id, open, onOpen }: TabsProps) {
  const { t } = useTranslation('panel');
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = TABS[(TABS.indexOf(open) + by + TABS.length) % TABS.length];
    if (!next) return;
    onOpen(next);
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t('media')} className="flex gap-1 overflow-x-auto p-0.5">
      {TABS.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${id}-${tab.id}`}
          aria-controls={`${id}-panel`}
          aria-selected={tab === open}
          tabIndex={tab === open ? 0 : -1}
          onClick={() => onOpen(tab)}
          onKeyDown={step}
          className="touch h-7 shrink-0 rounded-full px-3 text-sm font-medium text-fg-2 hover:bg-hover aria-selected:bg-accent-tint aria-selected:font-bold aria-selected:text-accent-text coarse:h-8"
        >
          {t(`tab.${tab.id}`)}
        </button>
      ))}
    </div>
  );
}

function Found({ room, tab, words }: { room: RoomEntry; tab: Tab; words: string }) {
  const { t } = useTranslation(['panel', 'people']);
  const failureText = useFailureText();
  const { hits, isLoading, isMore, failure, loadMore } = useMedia(room, tab.kinds, PAGE, words);
  const end = useReached(loadMore);
  const Icon = tab.icon;

  if (failure && hits.length === 0) {
    return <Empty icon={<Icon />} title={t('notLoaded')} text={failureText(failure)} />;
  }
  if (hits.length === 0) {
    if (isLoading) return <p role="status" aria-busy />;
    return words ? (
      <Empty icon={<Icon />} title={t('noneFound')} text={t('noneFoundText')} />
    ) : (
      <Empty icon={<Icon />} title={t(`none.${tab.id}`)} text={t(`noneText.${tab.id}`)} />
    );
  }
  return (
    <>
      <ul className={tab.id === 'photos' ? 'grid grid-cols-3 gap-1.5 sm:grid-cols-3' : '-mx-2 flex flex-col'}>
        {hits.map((hit) => {
          if (tab.id === 'photos') return <MediaSquare key={hit.id} message={hit} />;
          if (tab.id === 'files') return <FileRow key={hit.id} message={hit} />;
          if (tab.id === 'voice') return <VoiceRow key={hit.id} message={hit} />;
          return <LinkRows key={hit.id} message={hit} />;
        })}
      </ul>
      {failure && (
        <div role="alert" className="flex flex-col items-center gap-2 pt-4 text-center text-md text-fg-2">
          {failureText(failure)}
          <Button look="quiet" onClick={loadMore}>
            {t('people:tryAgain')}
          </Button>
        </div>
      )}
      {isMore && !failure && <div key={hits.length} ref={end} aria-hidden className="h-8 shrink-0" />}
    </>
  );
}
