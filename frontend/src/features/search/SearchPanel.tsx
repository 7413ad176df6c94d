export default function SearchPanel(_props: { roomId?: number }) { return null; }
