export default function Tray({ roomId }: { roomId: number }) {
  return <div data-room={roomId} />;
}
