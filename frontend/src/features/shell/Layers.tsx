import { Announcer } from '@/features/announce/Announcer';
import { EmojiHost } from '@/features/emoji/EmojiHost';
import { ForwardHost } from '@/features/forward/ForwardHost';
import { Shortcuts } from '@/features/keyboard/Shortcuts';
import { ViewerHost } from '@/features/media/ViewerHost';
import { PersonHost } from '@/features/people/PersonHost';
import { NewRoomDialog } from '@/features/rooms/NewRoomDialog';
import { PageTitle } from '@/features/rooms/PageTitle';
import { preloadable } from '@/lib/preloadable';
import { whenIdle } from '@/lib/whenIdle';
import { Dialog } from '@/ui/Dialog';
import { layerClosed, selectLayer } from './slice';
import { Toast } from './Toast';

const Switcher = preloadable(() => import('@/features/switcher/Switcher'));
const KeysDialog = lazy(() => import('@/features/keyboard/KeysDialog'));
const BrowseRooms = lazy(() => import('@/features/rooms/BrowseRooms'));

/** What lies over the page, whichever page it is. */
export function Layers() {
  const layer = useAppSelector(selectLayer);
  const dispatch = useAppDispatch();
  useEffect(
    () =>
      whenIdle(() => {
        void Switcher.preload();
        void Dialog.preload();
      }),
    [],
  );
  const close = () => dispatch(layerClosed());
  return (
    <>
      <Shortcuts />
      <PageTitle />
      <Toast />
      <Announcer />
      <EmojiHost />
      <PersonHost />
      <ForwardHost />
      <ViewerHost />
      <NewRoomDialog isOpen={layer === 'new-room'} onClose={close} />
      <Suspense fallback={null}>
        {layer === 'switcher' && <Switcher onClose={close} />}
        {layer === 'keys' && <KeysDialog onClose={close} />}
        {layer === 'browse-rooms' && <BrowseRooms onClose={close} />}
      </Suspense>
    </>
  );
}
