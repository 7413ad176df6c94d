import { forgetAttachments } from './attachments';
import { forgetLocalFiles } from './localFiles';
import { closeViewer, useViewed } from './viewerStore';
import { discard } from './voice/recording';
import { stop } from './voice/player';

const Viewer = lazy(() => import('./Viewer'));

/** Where the viewer appears. Stands once in the page, as long as somebody is signed in. */
export function ViewerHost() {
  const viewed = useViewed();
  useEffect(
    // The next person finds nothing of the last one's files.
    () => () => {
      closeViewer();
      stop();
      discard();
      forgetAttachments();
      forgetLocalFiles();
    },
    [],
  );
  if (!viewed) return null;
  return (
    <Suspense fallback={null}>
      <Viewer
        key={`${viewed.roomId}:${viewed.seq}`}
        roomId={viewed.roomId}
        seq={viewed.seq}
        onClose={closeViewer}
      />
    </Suspense>
  );
}
