// Pictures that are drawn in a browser, so that none has to be kept: landscapes and faces.
import type { Page } from '@playwright/test';

/** Colours from the sky to the nearest hill. */
export interface Palette {
  sky: [string, string];
  hills: string[];
  /** Whether the last hill is a lake with what is above it, and firs before it. */
  hasLake?: boolean;
  light: string;
}

const LANDSCAPES = {
  lake: {
    sky: ['#5f8496', '#f1dcb0'],
    hills: ['#8ea9ab', '#6d8f97', '#476f7c', '#2c5361'],
    hasLake: true,
    light: '#fff3cf',
  },
  mist: {
    sky: ['#b9dccb', '#f2f3d6'],
    hills: ['#a3c9ae', '#7fb092', '#568c71', '#356a54'],
    light: '#fffbe2',
  },
  desert: {
    sky: ['#f2b280', '#fbe3b9'],
    hills: ['#e39c6c', '#c9734c', '#a4513a', '#75342c'],
    light: '#fff0c9',
  },
  night: {
    sky: ['#0b1830', '#2f5876'],
    hills: ['#294c68', '#1d3a54', '#132a40', '#0b1b2c'],
    hasLake: true,
    light: '#eef6ff',
  },
  coast: {
    sky: ['#8cc4e4', '#fdeedd'],
    hills: ['#9cc3d4', '#6fa6bd', '#3f7f9b', '#f0d8a6'],
    light: '#ffffff',
  },
} satisfies Record<string, Palette>;

export type Landscape = keyof typeof LANDSCAPES;

/** A face: the colour behind it, of the skin, the hair and the clothes, and what the hair is like. */
export interface Face {
  back: string;
  skin: string;
  hair: string;
  clothes: string;
  cut: 'short' | 'long' | 'bun' | 'curls' | 'cap' | 'bob';
  hasGlasses?: boolean;
}

/** Draws hills below a sky, and answers with a PNG. */
export async function drawLandscape(
  page: Page,
  name: Landscape,
  { width = 1200, height = 800, seed = 7 } = {},
): Promise<Buffer> {
  const palette: Palette = LANDSCAPES[name];
  const url = await page.evaluate(
    ({ palette, width, height, seed }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const paint = canvas.getContext('2d');
      if (!paint) throw new Error('this browser does not draw');
      let state = seed;
      const random = () => (state = (state * 16807) % 2147483647) / 2147483647;

      // Flat bands and rings instead of soft gradients: pictures of them stay small.
      const BANDS = 9;
      for (let band = 0; band < BANDS; band += 1) {
        const share = Math.round((band / (BANDS - 1)) * 100);
        paint.fillStyle = `color-mix(in srgb, ${palette.sky[1]} ${share}%, ${palette.sky[0]})`;
        paint.fillRect(0, (height * 0.62 * band) / BANDS, width, height);
      }
      const [x, y] = [width * (0.58 + random() * 0.14), height * (0.33 + random() * 0.04)];
      for (const [size, alpha] of [
        [0.3, 0.14],
        [0.2, 0.18],
        [0.12, 0.22],
        [0.048, 1],
      ] as const) {
        paint.globalAlpha = alpha;
        paint.fillStyle = palette.light;
        paint.beginPath();
        paint.arc(x, y, height * size, 0, 7);
        paint.fill();
      }
      paint.globalAlpha = 1;

      const ridge = (base: number, size: number, color: string) => {
        const waves = Array.from({ length: 5 }, (_, n) => ({
          frequency: (n + 1) * (1.1 + random()),
          phase: random() * 7,
          size: size / (n + 1),
        }));
        paint.fillStyle = color;
        paint.beginPath();
        paint.moveTo(0, height);
        for (let step = 0; step <= width; step += 3) {
          const rise = waves.reduce(
            (sum, wave) => sum + Math.sin((step / width) * wave.frequency * 3 + wave.phase) * wave.size,
            0,
          );
          paint.lineTo(step, base - rise);
        }
        paint.lineTo(width, height);
        paint.fill();
      };
      const shore = palette.hasLake ? 0.68 : 0.92;
      palette.hills.forEach((color, index) => {
        const share = index / palette.hills.length;
        ridge(height * (0.42 + (shore - 0.42) * share), height * (0.075 - share * 0.035), color);
      });

      if (palette.hasLake) {
        const line = Math.round(height * shore);
        const depth = height - line;
        paint.save();
        paint.translate(0, line * 2);
        paint.scale(1, -1);
        paint.drawImage(canvas, 0, line - depth, width, depth, 0, line - depth, width, depth);
        paint.restore();
        for (let band = 0; band < 6; band += 1) {
          paint.globalAlpha = 0.3 + band * 0.1;
          paint.fillStyle = palette.hills[band < 3 ? 1 : 2] ?? palette.light;
          paint.fillRect(0, line + (depth * band) / 6, width, depth / 6 + 1);
        }
        paint.globalAlpha = 1;
        paint.fillStyle = `${palette.light}2e`;
        for (let row = 0; row < 26; row += 1) {
          const length = width * (0.04 + random() * 0.12);
          paint.fillRect(random() * width - length / 2, line + depth * random(), length, 1.6);
        }
        const fir = (left: number, foot: number, size: number) => {
          paint.beginPath();
          for (let level = 0; level < 5; level += 1) {
            const top = foot - size + level * size * 0.17;
            const half = size * (0.06 + level * 0.036);
            paint.moveTo(left, top);
            paint.lineTo(left + half, top + size * 0.3);
            paint.lineTo(left - half, top + size * 0.3);
          }
          paint.fill();
          paint.fillRect(left - size * 0.02, foot - size * 0.1, size * 0.04, size * 0.12);
        };
        paint.fillStyle = '#10262c';
        for (let tree = 0; tree < 22; tree += 1) {
          const share = tree < 12 ? random() * 0.3 : 0.66 + random() * 0.36;
          const edge = share < 0.5 ? share / 0.3 : (1 - share) / 0.34;
          fir(share * width, height * 1.01, height * (0.34 - edge * 0.18) * (0.75 + random() * 0.4));
        }
      }
      // With a corner that is not quite opaque the server's preview is a PNG, too, without a JPEG's noise.
      paint.clearRect(0, 0, 1, 1);
      return canvas.toDataURL('image/png');
    },
    { palette, width, height, seed },
  );
  return bytesOf(url);
}

/** Draws a face in a few shapes, and answers with a PNG. */
export async function drawFace(page: Page, face: Face): Promise<Buffer> {
  const url = await page.evaluate((face) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 256, height: 256 });
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('this browser does not draw');
    const fill = (color: string, shape: () => void) => {
      paint.fillStyle = color;
      paint.beginPath();
      shape();
      paint.fill();
    };
    const oval = (x: number, y: number, width: number, height: number) => () =>
      paint.ellipse(x, y, width, height, 0, 0, 7);

    fill(face.back, () => paint.rect(0, 0, 256, 256));
    if (face.cut === 'long') fill(face.hair, () => paint.roundRect(68, 62, 120, 150, [60, 60, 24, 24]));
    if (face.cut === 'bob') fill(face.hair, () => paint.roundRect(66, 62, 124, 104, [62, 62, 30, 30]));
    if (face.cut === 'bun') fill(face.hair, oval(128, 50, 27, 25));
    fill(face.clothes, () => paint.roundRect(46, 192, 164, 100, 58));
    fill(face.skin, () => paint.roundRect(110, 150, 36, 60, 18));
    fill('#00000018', () => paint.ellipse(128, 168, 24, 14, 0, 0, 7));
    fill(face.skin, oval(128, 120, 47, 54));
    fill(face.skin, oval(80, 124, 9, 12));
    fill(face.skin, oval(176, 124, 9, 12));

    if (face.cut === 'curls') {
      for (const [x = 0, y = 0, size = 0] of [
        [84, 92, 20],
        [98, 70, 23],
        [128, 60, 25],
        [158, 70, 23],
        [172, 92, 20],
        [112, 78, 18],
        [146, 78, 18],
      ])
        fill(face.hair, oval(x, y, size, size));
    } else if (face.cut === 'cap') {
      fill(face.hair, () => {
        paint.arc(128, 104, 52, Math.PI, 0);
        paint.closePath();
      });
      fill(face.hair, () => paint.roundRect(120, 94, 82, 13, 7));
    } else {
      fill(face.hair, () => {
        paint.moveTo(78, 122);
        paint.bezierCurveTo(70, 40, 186, 40, 178, 122);
        paint.bezierCurveTo(174, 98, 160, 90, 140, 86);
        paint.bezierCurveTo(116, 98, 84, 92, 78, 122);
      });
    }

    fill('#22181a', oval(111, 124, 4.2, 5));
    fill('#22181a', oval(145, 124, 4.2, 5));
    fill('#e0655b40', oval(99, 140, 9, 6));
    fill('#e0655b40', oval(157, 140, 9, 6));
    paint.lineCap = 'round';
    paint.lineWidth = 4;
    paint.strokeStyle = '#22181a';
    paint.beginPath();
    paint.arc(128, 138, 14, 0.5, Math.PI - 0.5);
    paint.stroke();
    if (face.hasGlasses) {
      paint.beginPath();
      paint.roundRect(94, 110, 30, 27, 12);
      paint.roundRect(132, 110, 30, 27, 12);
      paint.moveTo(124, 121);
      paint.lineTo(132, 121);
      paint.stroke();
    }
    return canvas.toDataURL('image/png');
  }, face);
  return bytesOf(url);
}

function bytesOf(dataUrl: string): Buffer {
  return Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
}
