// A file's picture, small: drawn by the browser itself, without an address that the page's policy could forbid.

/** Shown at most this large, in pixels. */
export const PICTURE_MAX = 240;

/** Rejects where the browser cannot draw it. */
export async function smallPicture(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const scale = Math.min(1, PICTURE_MAX / Math.max(whole.width, whole.height));
  const sized = (side: number) => Math.max(1, Math.round(side * scale));
  try {
    return await createImageBitmap(whole, {
      resizeWidth: sized(whole.width),
      resizeHeight: sized(whole.height),
      resizeQuality: "medium",
    });
  } finally {
    whole.close();
  }
}
