import { useAttachments } from './attachments';

const Tray = lazy(() => import('./tray/Tray'));

/** The files that go with the next message, above the field. Nothing where there are none. */
export function AttachmentTray({ roomId }: { roomId: number }) {
  const { items, refused } = useAttachments(roomId);
  if (items.length === 0 && refused.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Tray roomId={roomId} />
    </Suspense>
  );
}
