import { closeViewer, useViewed } from './viewerStore';

const Viewer = lazy(() => import('./Viewer'));

/** Where the viewer appears. Stands once in the page. */
export function ViewerHost() {
  const viewed = useViewed();
  if (!viewed) return null;
  return (
    <Suspense fallback={null}>
      <Viewer roomId={viewed.roomId} seq={viewed.seq} onClose={closeViewer} />
    </Suspense>
  );
}
