import { useAttachments } from './attachments';

const Tray = lazy(() => import('./tray/Tray'));

interface Props {
  roomId: number;
  /** Enter in a caption: sends, or leads back to the field. */
  onEnter?: () => void;
}

/** The files that go with the next message, above the field. Nothing where there are none. */
export function AttachmentTray({ roomId, onEnter }: Props) {
  const { items, refused } = useAttachments(roomId);
  if (items.length === 0 && refused.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Tray roomId={roomId} onEnter={onEnter} />
    </Suspense>
  );
}
