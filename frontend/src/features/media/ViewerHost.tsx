import { useMediaSession } from './useMediaSession';
import { closeViewer, useViewed } from './viewerStore';

const Viewer = lazy(() => import('./Viewer'));

/** Where the viewer appears. Stands once in the page, as long as somebody is signed in. */
export function ViewerHost() {
  const viewed = useViewed();
  useMediaSession();
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
