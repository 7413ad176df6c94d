/** What a browser can tell of a file before it is sent. */
export interface Sizes {
  width?: number;
  height?: number;
  duration?: number;
}

/** Sizes of a picture, video or sound; nothing where the browser cannot read it. */
export function measure(mime: string, url: string): Promise<Sizes> {
  const family = mime.split('/')[0];
  if (family === 'image') return ofPicture(url);
  if (family === 'video' || family === 'audio') return ofRecording(family, url);
  return Promise.resolve({});
}

function ofPicture(url: string): Promise<Sizes> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve({ width: image.naturalWidth, height: image.naturalHeight });
    image.onerror = () => resolve({});
    image.src = url;
  });
}

function ofRecording(family: 'video' | 'audio', url: string): Promise<Sizes> {
  return new Promise((resolve) => {
    const player = document.createElement(family);
    player.preload = 'metadata';
    player.onloadedmetadata = () => {
      const duration = Number.isFinite(player.duration) ? player.duration : undefined;
      resolve(
        player instanceof HTMLVideoElement && player.videoWidth
          ? { width: player.videoWidth, height: player.videoHeight, duration }
          : { duration },
      );
    };
    player.onerror = () => resolve({});
    player.src = url;
  });
}
