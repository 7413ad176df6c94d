interface Props {
  roomId: number;
  onDone: () => void;
}

export default function RecorderRow({ roomId }: Props) {
  return <div data-room={roomId} />;
}
