const NewRoomForm = lazy(() => import('./NewRoomForm'));

/** Makes a room. What it consists of is loaded when it is opened. */
export function NewRoomDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <NewRoomForm onClose={onClose} />
    </Suspense>
  );
}
