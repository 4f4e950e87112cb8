// Reads the frames of where units are, off the page's thread, into arrays that a map can draw as they are.
//
// The frame is described at the server's door `/api/v1/positions/live`. What goes to the page is one array of floats a unit, in order of
// the frame, and one of its numbers; a picture from afar goes as it came.

/** What the page tells the worker. */
export type Order =
  | { window: { west: number; south: number; east: number; north: number; most: number } }
  | { close: true };

/** What the worker tells the page. */
export type Picture =
  | { units: Uint32Array; floats: Float32Array; doubles: Float64Array; at: number; took: number }
  | { cells: Uint32Array; columns: number; rows: number; box: [number, number, number, number]; at: number }
  | { line: boolean };

/** Floats of a unit: age of the fix in seconds, accuracy in metres, speed in metres a second, heading in radians; −1 is unknown. */
export const FLOATS = 4;
const HEAD = 12;
const BYTES = 24;
const UNKNOWN = 65_535;
const DEGREE = 1e-7;

let socket: WebSocket | null = null;
let window_: unknown = null;
let wait = 500;

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
  const doubles = new Float64Array(count * 2);
  for (let index = 0; index < count; index += 1) {
    const offset = HEAD + index * BYTES;
    units[index] = view.getUint32(offset, true);
    const [x, y] = mercator(view.getInt32(offset + 4, true) * DEGREE, view.getInt32(offset + 8, true) * DEGREE);
    doubles[index * 2] = x;
    doubles[index * 2 + 1] = y;
    const known = (value: number, scale: number) => (value === UNKNOWN ? -1 : value * scale);
    floats[index * FLOATS] = view.getUint32(offset + 12, true) / 1000;
    floats[index * FLOATS + 1] = known(view.getUint16(offset + 16, true), 1);
    floats[index * FLOATS + 2] = known(view.getUint16(offset + 18, true), 0.01);
    floats[index * FLOATS + 3] = known(view.getUint16(offset + 20, true), Math.PI / 18_000);
  }
  const took = performance.now() - start;
  post({ units, floats, doubles, at, took }, [units.buffer, floats.buffer, doubles.buffer]);
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
  window_ = event.data.window;
  if (!socket) connect();
  else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(window_));
};
