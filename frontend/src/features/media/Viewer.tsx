interface Props {
  roomId: number;
  seq: number;
  onClose: () => void;
}

export default function Viewer({ onClose }: Props) {
  return <dialog onClose={onClose} />;
}
