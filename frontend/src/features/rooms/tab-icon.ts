const PLAIN = '/icon.svg';
const EDGE = 64;

let plain: Promise<HTMLImageElement> | undefined;

function loadPlain(): Promise<HTMLImageElement> {
  plain ??= new Promise((resolve, reject) => {
    const image = new Image(EDGE, EDGE);
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('no icon'));
    image.src = PLAIN;
  });
  return plain;
}

export type TabSign = 'unread' | 'mention' | null;

/** The address of the tab's icon: the plain one, or one with a dot for what waits. A mention has its own sign. */
export async function tabIcon(sign: TabSign): Promise<string> {
  if (!sign) return PLAIN;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = EDGE;
  const pen = canvas.getContext('2d');
  if (!pen) return PLAIN;
  pen.drawImage(await loadPlain(), 0, 0, EDGE, EDGE);
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const radius = sign === 'mention' ? 19 : 13;
  const centre = EDGE - radius - 1;
  const disc = (size: number) => {
    pen.beginPath();
    pen.arc(centre, radius + 1, size, 0, 2 * Math.PI);
    pen.fill();
  };
  // Cut out of the icon, so that it stands apart on tabs of every colour.
  pen.globalCompositeOperation = 'destination-out';
  disc(radius + 5);
  pen.globalCompositeOperation = 'source-over';
  pen.fillStyle = colour('--c-signal');
  disc(radius);
  if (sign === 'mention') {
    pen.fillStyle = colour('--c-signal-fg');
    pen.font = 'bold 30px system-ui, sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText('@', centre, radius);
  }
  return canvas.toDataURL('image/png');
}
