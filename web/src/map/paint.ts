// Colours of the style as the graphics card wants them.

/** Red, green and blue from 0 to 1 of `#rrggbb`. */
export function rgb(text: string): [number, number, number] {
  const hex = text.replace("#", "");
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}
