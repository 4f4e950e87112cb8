// A photograph made small enough to send, drawn anew so that nothing goes with it but the picture: no place, no device, no time.

const LONGEST = 1_600;
const BYTES = 1_048_576;
const QUALITIES = [0.82, 0.7, 0.58, 0.45];

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const coded = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

/** The picture as JPEG; none if it cannot be read as one. */
export async function small(file: Blob): Promise<Blob | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  try {
    for (let longest = LONGEST; longest >= 400; longest = Math.round(longest / 1.5)) {
      const canvas = drawn(bitmap, longest);
      for (const quality of QUALITIES) {
        const blob = await coded(canvas, quality);
        if (blob && blob.size <= BYTES) return blob;
      }
    }
    return null;
  } finally {
    bitmap.close();
  }
}
