export function NotMember(_props: { roomId: number }) {
  return null;
}
