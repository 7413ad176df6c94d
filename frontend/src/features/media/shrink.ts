import type { Sizes } from './probe';

/** Longest side of a picture that is sent as one, in pixels. */
const SIDE_MAX = 2560;
const QUALITY = 0.86;

/** Moving pictures would lose their movement, drawings their sharpness. */
const SHRINKABLE = new Map([
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/webp', 'image/webp'],
]);

/** A smaller copy of a large picture, or null where there is nothing to gain. */
export async function shrink(
  file: File,
  { width = 0, height = 0 }: Sizes,
): Promise<{ file: File; width: number; height: number } | null> {
  const type = SHRINKABLE.get(file.type);
  const scale = SIDE_MAX / Math.max(width, height);
  if (!type || !width || !height || scale >= 1) return null;
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  try {
    const bitmap = await createImageBitmap(file, {
      resizeWidth: size.width,
      resizeHeight: size.height,
      resizeQuality: 'high',
      imageOrientation: 'from-image',
    });
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
    // A browser that cannot write the type writes another one.
    if (!blob || blob.type !== type || blob.size >= file.size) return null;
    return { file: new File([blob], file.name, { type }), ...size };
  } catch {
    // Too large for this device, or broken: the picture goes as it is.
    return null;
  }
}
