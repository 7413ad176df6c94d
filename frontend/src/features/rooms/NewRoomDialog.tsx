export function NewRoomDialog(_props: { isOpen: boolean; onClose: () => void }) {
  return null;
}
