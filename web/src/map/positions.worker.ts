// Reads the frames of where units are, off the page's thread, into arrays that a map can draw as they are.
//
// A frame is described at the server's door `/api/v1/positions/live`. What goes to the page is an array of floats in the order of the
// frame, each unit's last place and its new one beside each other so that the drawing moves it between; and a picture from afar as counts.

/** What the page tells the worker. Places are told as differences from `origin`, of the unit square of Web Mercator, so that floats do. */
export type Order =
  | { window: Window_; origin: [x: number, y: number] }
  | { close: true };

export interface Window_ { west: number; south: number; east: number; north: number; most: number }

/** What the worker tells the page. */
export type Picture =
  | { units: Uint32Array; floats: Float32Array; at: number; took: number }
  | { cells: Uint32Array; columns: number; rows: number; box: [number, number, number, number]; at: number }
  | { line: boolean };

/** Floats of a unit: its place before (x, y), its place (x, y), heading in radians or −10, age of the fix in seconds. */
export const FLOATS = 6;
const HEAD = 12;
const BYTES = 24;
const UNKNOWN = 65_535;
const NO_HEADING = -10;
const DEGREE = 1e-7;
/** Farther than that in one tick it did not drive: it is drawn where it is at once. In units of the square, about 2 km. */
const LEAP = 5e-5;

let socket: WebSocket | null = null;
let window_: Window_ | null = null;
let origin: [number, number] = [0.5, 0.5];
let wait = 500;
let before = new Map<number, [number, number]>();

const post = (picture: Picture, transfer: Transferable[] = []) =>
  (self as unknown as { postMessage(message: unknown, transfer: Transferable[]): void }).postMessage(picture, transfer);

/** Where a place is on the unit square of Web Mercator. */
function mercator(lon: number, lat: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

function readUnits(view: DataView): void {
  const start = performance.now();
  const at = Number(view.getBigInt64(4, true));
  const count = Math.floor((view.byteLength - HEAD) / BYTES);
  const units = new Uint32Array(count);
  const floats = new Float32Array(count * FLOATS);
  const places = new Map<number, [number, number]>();
  for (let index = 0; index < count; index += 1) {
    const offset = HEAD + index * BYTES;
    const unit = view.getUint32(offset, true);
    const place = mercator(view.getInt32(offset + 4, true) * DEGREE, view.getInt32(offset + 8, true) * DEGREE);
    const known = before.get(unit);
    const near = known && Math.abs(known[0] - place[0]) < LEAP && Math.abs(known[1] - place[1]) < LEAP;
    const from = near ? known : place;
    const heading = view.getUint16(offset + 20, true);
    units[index] = unit;
    places.set(unit, place);
    floats.set(
      [
        from[0] - origin[0], from[1] - origin[1], place[0] - origin[0], place[1] - origin[1],
        heading === UNKNOWN ? NO_HEADING : (heading * Math.PI) / 18_000, view.getUint32(offset + 12, true) / 1000,
      ],
      index * FLOATS,
    );
  }
  before = places;
  post({ units, floats, at, took: performance.now() - start }, [units.buffer, floats.buffer]);
}

function readCells(view: DataView): void {
  const [columns, rows] = [view.getUint8(1), view.getUint8(2)];
  const at = Number(view.getBigInt64(4, true));
  const edge = (index: number) => view.getInt32(12 + index * 4, true) * DEGREE;
  const cells = new Uint32Array(columns * rows);
  for (let index = 0; index < cells.length; index += 1) cells[index] = view.getUint32(28 + index * 4, true);
  post({ cells, columns, rows, box: [edge(0), edge(1), edge(2), edge(3)], at }, [cells.buffer]);
}

function read(bytes: ArrayBuffer): void {
  const view = new DataView(bytes);
  if (view.getUint8(0) === 1) readUnits(view);
  else if (view.getUint8(0) === 2) readCells(view);
}

function connect(): void {
  const url = new URL("/api/v1/positions/live", self.location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const made = new WebSocket(url);
  socket = made;
  made.binaryType = "arraybuffer";
  made.onopen = () => {
    wait = 500;
    post({ line: true });
    if (window_) made.send(JSON.stringify(window_));
  };
  made.onmessage = (event: MessageEvent) => {
    if (event.data instanceof ArrayBuffer) read(event.data);
  };
  made.onclose = () => {
    if (socket !== made) return;
    post({ line: false });
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8_000);
  };
}

self.onmessage = (event: MessageEvent<Order>) => {
  if ("close" in event.data) {
    const made = socket;
    socket = null;
    made?.close();
    return;
  }
  origin = event.data.origin;
  window_ = event.data.window;
  if (!socket) connect();
  else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(window_));
};
