import { MessageSquareText, Search } from 'lucide-react';
import { useMatch, useNavigate } from 'react-router';

import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { KeyHints } from './KeyHints';
import { PlaceOption } from './PlaceOption';
import { useCombobox } from '@/ui/useCombobox';
import { useModal } from './useModal';
import { type FacedPlace, usePlaces } from './usePlaces';

/** Goes to any room or person by a few letters of the name. */
export default function Switcher({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('rooms');
  const navigate = useNavigate();
  const openId = Number(useMatch('/r/:roomId')?.params.roomId ?? 0);
  const [query, setQuery] = useState('');
  const { groups, isAsking } = usePlaces(query);
  const places = groups.flatMap((group) => group.places);
  const modalProps = useModal(onClose);

  const goTo = (address: string) => {
    onClose();
    void navigate(address);
  };
  const pick = (place: FacedPlace) => goTo(addressOf(place));
  const q = query.trim();
  const searchMessages = () => {
    const place = { panel: 'search', q, scope: 'all' } as const;
    goTo(openId ? paths.room(openId, place) : paths.home(place));
  };
  const { active, inputProps, listProps, optionProps } = useCombobox({
    items: places,
    keyOf,
    query,
    onPick: pick,
  });

  return (
    <dialog
      {...modalProps}
      aria-label={t('switcher.title')}
      className="mx-auto mt-0 flex max-h-[85dvh] w-full max-w-[560px] animate-rise flex-col overflow-hidden rounded-b-2xl bg-raised p-0 text-fg shadow-4 backdrop:animate-fade backdrop:bg-shade sm:mt-[12dvh] sm:max-h-[min(560px,76dvh)] sm:w-[calc(100%-48px)] sm:rounded-2xl"
    >
      <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-5">
        <Search aria-hidden size={19} className="shrink-0 text-fg-3" />
        <input
          {...inputProps}
          type="text"
          aria-label={t('switcher.field')}
          placeholder={t('switcher.field')}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            inputProps.onKeyDown(event);
            const isEmpty = places.length === 0 && q !== '' && !event.nativeEvent.isComposing;
            if (event.key === 'Enter' && isEmpty && !isAsking) searchMessages();
          }}
          className="h-full min-w-0 flex-1 bg-transparent text-body placeholder:text-fg-3 focus:outline-none"
        />
      </div>
      <div
        {...listProps}
        aria-label={t('switcher.results')}
        className="min-h-0 flex-1 overflow-y-auto py-2 empty:hidden"
      >
        {groups.map(({ title, places: inGroup }) => (
          <div key={title} role="group" aria-label={t(`switcher.${title}`)}>
            <p aria-hidden className="px-5 pt-1.5 pb-1 text-xs font-semibold text-fg-3">
              {t(`switcher.${title}`)}
            </p>
            {inGroup.map((place) => {
              const index = places.indexOf(place);
              return (
                <PlaceOption
                  key={keyOf(place)}
                  place={place}
                  isActive={index === active}
                  {...optionProps(index)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {places.length === 0 && !isAsking && q && (
        <div className="flex flex-col items-center gap-1 px-6 py-6 text-center">
          <p className="text-title font-bold">{t('switcher.none', { query: q })}</p>
          <p className="mb-3 text-md text-fg-2">{t('switcher.noneText')}</p>
          <Button look="quiet" icon={<MessageSquareText aria-hidden size={17} />} onClick={searchMessages}>
            {t('searchMessages', { query: q })}
          </Button>
        </div>
      )}
      <KeyHints />
      <p role="status" className="sr-only">
        {q && !isAsking && t('switcher.count', { count: places.length })}
      </p>
    </dialog>
  );
}

function keyOf({ kind, id }: FacedPlace): string {
  return `${kind}:${id}`;
}

/** People without a room are shown first: writing to somebody makes them a friend, which a key should not do. */
function addressOf({ kind, id }: FacedPlace): string {
  return kind === 'friend' || kind === 'user' ? paths.person(id) : paths.room(id);
}
