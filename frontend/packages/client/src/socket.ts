/** As much of a WebSocket as is needed: that of browsers, of Node 22 and of the package `ws` all have it. */
export interface Socket {
  binaryType: string;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export type SocketConstructor = new (url: string) => Socket;

/** The given one, or that of the platform. */
export function socketConstructor(given: SocketConstructor | undefined): SocketConstructor {
  const found = given ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
  if (!found) throw new Error('this platform has no WebSocket: pass that of the package "ws"');
  return found;
}
