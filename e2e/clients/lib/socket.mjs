// A WebSocket as a page knows it, that also notes every frame, so that tests can look at the bytes which
// a client that they do not control has sent and got.

import WebSocket from 'ws';

export const PACKET = { handshake: 1, ack: 2, heartbeat: 3, data: 4, kick: 5 };

const sockets = new WeakMap();

/**
 * The WebSocket class for one client; its frames are appended to `frames`. With options for TLS it goes
 * through TLS, as on a page that came that way.
 */
export function recordingSocket(frames, tls = undefined) {
  return class extends WebSocket {
    constructor(url, protocols) {
      super(tls ? String(url).replace(/^ws:/, 'wss:') : url, protocols, tls);
      sockets.set(this, frames);
      this.addEventListener('message', ({ data }) => frames.push(note('in', data)));
    }

    send(data, ...rest) {
      const sent = note('out', data);
      sockets.get(this).push(sent);
      // Browsers copy; ws masks the bytes of an ArrayBuffer of another realm where they are.
      super.send(sent.isBinary ? Buffer.from(sent.bytes) : data, ...rest);
    }
  };
}

function note(direction, data) {
  const isBinary = typeof data !== 'string';
  const bytes = Buffer.from(Buffer.from(data));
  return { direction, isBinary, bytes, type: bytes[0], body: bytes.subarray(4) };
}

/** Notes of the packets of one type in one direction. */
export function packets(frames, direction, type) {
  return frames.filter((frame) => frame.direction === direction && frame.type === type);
}
