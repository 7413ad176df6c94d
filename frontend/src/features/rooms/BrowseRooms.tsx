export default function BrowseRooms(_props: { onClose: () => void }) {
  return null;
}
