import { SearchX } from 'lucide-react';

import { SidePanel } from '@/features/shell/SidePanel';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { FilterChips } from './FilterChips';
import { Hits } from './Hits';
import { HitsSkeleton } from './HitsSkeleton';
import { withoutTokens } from './query';
import type { Problem } from './resolve';
import { ScopeSwitch } from './ScopeSwitch';
import { SearchField } from './SearchField';
import { useSearch } from './useSearch';
import { useSearchAddress } from './useSearchAddress';

/** Finds messages in one room or in all, beside the conversation that its hits lead to. */
export default function SearchPanel({ roomId }: { roomId?: number }) {
  const { t } = useTranslation('search');
  const { text, setText, scope, setScope, at, jump } = useSearchAddress(roomId);
  const search = useSearch(text, scope === 'room' ? roomId : undefined);
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const { hits, isAsked, isLoading, problem, failure } = search;

  useEffect(() => {
    const focus = () => field.current?.select();
    window.addEventListener('banter:search', focus);
    return () => window.removeEventListener('banter:search', focus);
  }, []);

  useFocusBack();

  const leaveField = (key: 'ArrowDown' | 'Enter') => {
    const first = hits[0];
    if (key === 'Enter' && first && !isLoading) jump(first);
    else if (key === 'ArrowDown')
      results.current?.querySelector<HTMLElement>('[data-hit][tabindex="0"]')?.focus();
  };
  const focusEnd = () =>
    requestAnimationFrame(() => {
      const input = field.current;
      input?.focus();
      input?.setSelectionRange(input.value.length, input.value.length);
      input?.click();
    });

  const isDone = isAsked && !isLoading && !problem && !failure;
  return (
    <SidePanel title={t('title')}>
      <div className="sticky top-0 z-10 flex flex-col gap-2.5 bg-surface px-4 pt-0.5 pb-2">
        <SearchField
          roomId={roomId}
          ref={field}
          text={text}
          onText={setText}
          onLeave={leaveField}
          areFiltersOpen={areFiltersOpen || !isAsked}
          onToggleFilters={() => setFiltersOpen(!areFiltersOpen)}
        />
        {problem && !isLoading && <Wrong problem={problem} />}
        {roomId && <ScopeSwitch scope={scope} onScope={setScope} />}
        {(areFiltersOpen || !isAsked) && (
          <FilterChips text={text} onText={setText} onBegun={focusEnd} hasRooms={scope === 'all'} />
        )}
      </div>
      <p role="status" className="sr-only">
        {isDone &&
          (search.isMore ? t('foundMore', { count: hits.length }) : t('found', { count: hits.length }))}
      </p>
      <div ref={results} aria-busy={isLoading} className="flex flex-1 flex-col">
        {isLoading && hits.length === 0 && <HitsSkeleton />}
        {!isAsked && <p className="px-4 pt-3 text-sm text-fg-3">{t('hint')}</p>}
        {isDone && hits.length === 0 && (
          <Empty
            icon={<SearchX />}
            title={t('nothing')}
            text={scope === 'room' ? t('nothingInRoom') : t('nothingText')}
          >
            {scope === 'room' && <Button onClick={() => setScope('all')}>{t('widen')}</Button>}
            {search.hasFilters && search.words && (
              <Button look="quiet" onClick={() => setText(withoutTokens(text, () => true))}>
                {t('dropFilters')}
              </Button>
            )}
          </Empty>
        )}
        {isAsked && hits.length > 0 && (
          <Hits
            hits={hits}
            words={search.words}
            showsRooms={scope === 'all'}
            current={{ roomId, seq: at }}
            isMore={search.isMore}
            onMore={search.loadMore}
            onOpen={jump}
            onLeave={() => field.current?.focus()}
          />
        )}
        {failure && !isLoading && (
          <div role="alert" className="flex flex-col items-start gap-2 px-4 py-3 text-sm text-fg-2">
            <p>{t(failure.code === 0 ? 'unreachable' : failure.code === 429 ? 'tooFast' : 'failed')}</p>
            <Button look="quiet" onClick={search.retry}>
              {t('retry')}
            </Button>
          </div>
        )}
      </div>
    </SidePanel>
  );
}

/** Gives the focus back to where it was before, unless something else has taken it. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = !document.activeElement || document.activeElement === document.body;
        if (isLost && before instanceof HTMLElement) before.focus();
      });
    },
    [before],
  );
}

/** What in the field names nothing, right below it. */
function Wrong({ problem: { kind, value } }: { problem: Problem }) {
  const { t } = useTranslation('search');
  return <Alert text={t(`problem.${kind}`, { value })} />;
}
