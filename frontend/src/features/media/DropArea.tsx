import type { ReactNode } from 'react';

interface Props {
  roomId: number;
  roomName: string;
  children: ReactNode;
}

/** Takes files that are dropped anywhere on the conversation. */
export function DropArea({ children }: Props) {
  return <div className="relative flex min-h-0 flex-1 flex-col">{children}</div>;
}
