export function RoomList(_props: { openId: number }) { return null; }
