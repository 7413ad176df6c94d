import { type NavigateFunction, matchPath, useLocation, useNavigate } from 'react-router';

import type { AppThunk } from '@/app/store';
import { selectRooms } from '@/features/rooms/slice';
import { selectAllRoomSettings } from '@/features/settings/slice';
import { layerOpened, selectLayer } from '@/features/shell/slice';
import { type Panel, paths } from '@/lib/paths';
import { type ShortcutId, shortcutOf } from './keys';
import { neighbourOf } from './neighbours';
import { focusRegion } from './regions';

/** Where somebody is, as far as keys care. */
interface Place {
  roomId: number;
  isChat: boolean;
  query: URLSearchParams;
}

type Answer = AppThunk<boolean>;

/** These make sense even under a dialog; the others would act on what nobody can see. */
const OVER_DIALOGS: ShortcutId[] = ['switcher', 'keys'];
const DIALOG = '[role=dialog][aria-modal=true], [role=alertdialog]';

/** Listens to keys everywhere in the page. */
export function useShortcuts(): void {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();

  // In the layout phase, so that a key that follows at once already acts on what it sees.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const id = shortcutOf(event);
      if (!id || (document.querySelector(DIALOG) && !OVER_DIALOGS.includes(id))) return;
      const roomId = Number(matchPath('/r/:roomId', pathname)?.params.roomId ?? 0);
      const place = {
        roomId,
        isChat: roomId > 0 || pathname === paths.home(),
        query: new URLSearchParams(search),
      };
      if (dispatch(run(id, place, navigate))) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [dispatch, navigate, pathname, search]);
}

/** Does what a key asks for; false leaves it to the browser. */
function run(id: ShortcutId, place: Place, navigate: NavigateFunction): Answer {
  switch (id) {
    case 'switcher':
    case 'keys':
      return toggleLayer(id);
    case 'searchRoom':
      return openSearch(place, place.roomId ? undefined : 'all', navigate);
    case 'searchAll':
      return openSearch(place, 'all', navigate);
    case 'previousRoom':
      return goBeside(place, navigate, { step: -1, unreadOnly: false });
    case 'nextRoom':
      return goBeside(place, navigate, { step: 1, unreadOnly: false });
    case 'previousUnread':
      return goBeside(place, navigate, { step: -1, unreadOnly: true });
    case 'nextUnread':
      return goBeside(place, navigate, { step: 1, unreadOnly: true });
    case 'panel':
      return togglePanel(place, navigate);
    case 'settings':
      return done(() => void navigate(paths.settings()));
    case 'nextRegion':
      return done(() => focusRegion(1));
    case 'previousRegion':
      return done(() => focusRegion(-1));
    case 'attach':
      return inRoom(place, 'banter:attach');
    case 'bottom':
      return inRoom(place, 'banter:bottom');
  }
}

function done(work: () => void): Answer {
  return () => {
    work();
    return true;
  };
}

/** Asks the open conversation, which listens on the window. */
function inRoom({ roomId }: Place, event: string): Answer {
  return () => roomId > 0 && window.dispatchEvent(new CustomEvent(event));
}

function toggleLayer(id: 'switcher' | 'keys'): Answer {
  return (dispatch, getState) => {
    dispatch(layerOpened(selectLayer(getState()) === id ? null : id));
    return true;
  };
}

function openSearch(place: Place, scope: 'all' | undefined, navigate: NavigateFunction): Answer {
  return () => {
    const isOpen = place.isChat && place.query.get('panel') === 'search';
    const isSame = isOpen && (place.query.get('scope') ?? undefined) === (place.roomId ? scope : undefined);
    if (isSame) {
      // The second press inside the field is for the browser's own search.
      if (document.activeElement?.closest('[data-search-field]')) return false;
      window.dispatchEvent(new CustomEvent('banter:search'));
      return true;
    }
    void navigate(placeOf(place, 'search', scope));
    return true;
  };
}

function togglePanel(place: Place, navigate: NavigateFunction): Answer {
  return () => {
    if (!place.roomId) return false;
    void navigate(placeOf(place, place.query.has('panel') ? undefined : 'details'));
    return true;
  };
}

/** The address of this conversation with another panel beside it. */
function placeOf({ roomId, query }: Place, panel: Panel | undefined, scope?: 'all'): string {
  const q = panel === 'search' ? (query.get('q') ?? undefined) : undefined;
  if (!roomId) return paths.home({ panel, q });
  return paths.room(roomId, { at: Number(query.get('at')) || undefined, panel, q, scope });
}

function goBeside(
  { roomId, isChat }: Place,
  navigate: NavigateFunction,
  way: { step: 1 | -1; unreadOnly: boolean },
): Answer {
  return (_dispatch, getState) => {
    if (!isChat) return false;
    const state = getState();
    const next = neighbourOf(selectRooms(state), selectAllRoomSettings(state), roomId, way);
    if (next !== undefined) void navigate(paths.room(next));
    return true;
  };
}
