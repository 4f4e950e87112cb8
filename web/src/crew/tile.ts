// Streets out of the server's own map tiles, for a small map that needs no library: lines of the layer of roads, and nothing else
// (Mapbox Vector Tile 2.1).

export interface Street { wide: boolean; line: Float32Array }
/** Streets of a tile; places go from 0 to 1 across it. */
export type Streets = readonly Street[];

const WIDE = new Set(["motorway", "trunk", "primary", "secondary"]);

/** Reads the fields of a message of protocol buffers, one after the other. */
class Reader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  more(): boolean {
    return this.at < this.bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** The field that comes next and the bytes in it; what is no run of bytes is passed over. */
  field(): [number, Uint8Array | number] {
    const key = this.varint();
    const [field, wire] = [key >> 3, key & 7];
    if (wire === 0) return [field, this.varint()];
    const length = wire === 2 ? this.varint() : wire === 1 ? 8 : 4;
    const found = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return [field, found];
  }
}

const fields = (bytes: Uint8Array): [number, Uint8Array | number][] => {
  const [reader, found] = [new Reader(bytes), [] as [number, Uint8Array | number][]];
  while (reader.more()) found.push(reader.field());
  return found;
};

const packed = (bytes: Uint8Array): number[] => {
  const [reader, found] = [new Reader(bytes), [] as number[]];
  while (reader.more()) found.push(reader.varint());
  return found;
};

const isBytes = (value: Uint8Array | number | undefined): value is Uint8Array => value instanceof Uint8Array;
const text = new TextDecoder();

/** Lines of a geometry: commands of moving (1) and drawing (2), differences in zigzag. */
function lines(commands: readonly number[], extent: number): Float32Array[] {
  const found: number[][] = [];
  let [x, y, at] = [0, 0, 0];
  const zigzag = (value: number) => (value % 2 ? -(value + 1) / 2 : value / 2);
  while (at < commands.length) {
    const command = commands[at++] ?? 0;
    const [kind, count] = [command & 7, command >> 3];
    for (let turn = 0; turn < count && kind !== 7; turn += 1) {
      x += zigzag(commands[at++] ?? 0);
      y += zigzag(commands[at++] ?? 0);
      if (kind === 1) found.push([]);
      found.at(-1)?.push(x / extent, y / extent);
    }
  }
  return found.map((line) => Float32Array.from(line));
}

function roads(layer: readonly [number, Uint8Array | number][]): Street[] {
  const bytes = (field: number) => layer.filter(([one]) => one === field).map(([, value]) => value).filter(isBytes);
  const extent = Number(layer.find(([field]) => field === 5)?.[1] ?? 4096);
  const keys = bytes(3).map((key) => text.decode(key));
  const values = bytes(4).map((value) => fields(value).map(([field, inner]) => (field === 1 && isBytes(inner) ? text.decode(inner) : ""))[0] ?? "");
  const classes = keys.indexOf("class");
  return bytes(2).flatMap((feature) => {
    const parts = new Map(fields(feature));
    const [tags, geometry] = [parts.get(2), parts.get(4)];
    if (parts.get(3) !== 2 || !isBytes(geometry)) return [];
    const pairs = isBytes(tags) ? packed(tags) : [];
    const at = pairs.findIndex((key, index) => index % 2 === 0 && key === classes);
    const wide = at >= 0 && WIDE.has(values[pairs[at + 1] ?? 0] ?? "");
    return lines(packed(geometry), extent).map((line) => ({ wide, line }));
  });
}

export function streetsOf(tile: ArrayBuffer): Streets {
  const layers = fields(new Uint8Array(tile)).filter(([field]) => field === 3).map(([, layer]) => layer).filter(isBytes).map(fields);
  const road = layers.find((layer) => layer.some(([field, name]) => field === 1 && isBytes(name) && text.decode(name) === "road"));
  return road ? roads(road) : [];
}

const kept = new Map<string, Promise<Streets>>();
const MOST = 48;
let base: Promise<string | null> | null = null;

/** Where tiles are; none while the server still makes them, and without a signal. */
async function address(): Promise<string | null> {
  const answer = await fetch("/tiles.json").catch(() => null);
  return answer?.ok ? (((await answer.json()) as { tiles: string[] }).tiles[0] ?? null) : null;
}

async function load(name: string): Promise<Streets> {
  base ??= address();
  const path = await base;
  if (!path) {
    base = null;
    throw new Error("no tiles");
  }
  const [z, x, y] = name.split("/") as [string, string, string];
  const answer = await fetch(path.replace("{z}", z).replace("{x}", x).replace("{y}", y));
  return answer.ok && answer.status !== 204 ? streetsOf(await answer.arrayBuffer()) : [];
}

/** Streets of a tile `z/x/y`; asked again, the same. */
export function streets(name: string): Promise<Streets> {
  const known = kept.get(name);
  if (known) return known;
  if (kept.size >= MOST) kept.delete(kept.keys().next().value ?? "");
  const made = load(name);
  kept.set(name, made);
  made.catch(() => kept.delete(name));
  return made;
}
