// A small map to put a place right: the streets move under a pin that stands still. By finger, by mouse, or by the arrow keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { colour } from "../app/theme";
import type { At } from "../api/documents";
import { W } from "../words/crew";
import { say } from "../words/say";
import { streets, type Streets } from "./tile";

const TILE = 256;
const DEEPEST = 16;
const [NEAR, FAR] = [18, 14];
/** What an arrow key moves it by, in CSS pixels. */
const STEP = 16;

/** Where a place is on the square of Web Mercator, and back. */
function square([lon = 0, lat = 0]: readonly number[]): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

function placeOf(x: number, y: number): At {
  const round = (value: number) => Number(value.toFixed(7));
  return [round((x - 0.5) * 360), round((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI)] as unknown as At;
}

interface View { x: number; y: number; zoom: number }

function paint(pen: CanvasRenderingContext2D, width: number, height: number, view: View, loaded: (name: string) => Streets | null, own: readonly number[] | null): void {
  const scale = TILE * 2 ** view.zoom;
  const z = Math.min(view.zoom, DEEPEST);
  const size = scale / 2 ** z;
  const [left, top] = [view.x * scale - width / 2, view.y * scale - height / 2];
  pen.fillStyle = colour("map-ground");
  pen.fillRect(0, 0, width, height);
  for (const [wide, tint] of [[false, "map-road"], [true, "map-road-grand"]] as const) {
    pen.strokeStyle = colour(tint);
    pen.lineWidth = (wide ? 7 : 4) * (view.zoom - 12) * 0.3;
    [pen.lineCap, pen.lineJoin] = ["round", "round"];
    pen.beginPath();
    for (let tx = Math.floor(left / size); tx * size < left + width; tx += 1) {
      for (let ty = Math.floor(top / size); ty * size < top + height; ty += 1) {
        for (const street of loaded(`${z}/${tx}/${ty}`) ?? []) {
          if (street.wide !== wide) continue;
          for (let at = 0; at < street.line.length; at += 2) {
            const [px, py] = [(tx + (street.line[at] ?? 0)) * size - left, (ty + (street.line[at + 1] ?? 0)) * size - top];
            if (at === 0) pen.moveTo(px, py);
            else pen.lineTo(px, py);
          }
        }
      }
    }
    pen.stroke();
  }
  if (!own) return;
  const [ox, oy] = square(own);
  pen.beginPath();
  pen.arc(ox * scale - left, oy * scale - top, 7, 0, Math.PI * 2);
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour("available"), colour("map-halo"), 3];
  pen.fill();
  pen.stroke();
}

/** Shows `at` under the pin; tells where the pin stands once somebody has moved it. */
export function SmallMap({ at, own, moved }: { at: At; own: At | null; moved: (at: At) => void }) {
  const box = useRef<HTMLCanvasElement>(null);
  const [zoom, setZoom] = useState(NEAR - 1);
  const [failed, setFailed] = useState(false);
  const centre = useRef<View>({ x: 0, y: 0, zoom });
  const tiles = useRef(new Map<string, Streets | null>());
  const held = useRef<{ x: number; y: number } | null>(null);

  const draw = () => {
    const canvas = box.current;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = devicePixelRatio;
    if (canvas.width !== width * ratio) [canvas.width, canvas.height] = [width * ratio, height * ratio];
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(pen, width, height, centre.current, (name) => {
      const known = tiles.current.get(name);
      if (known !== undefined) return known;
      tiles.current.set(name, null);
      streets(name).then((found) => { tiles.current.set(name, found); setFailed(false); draw(); }, () => { tiles.current.delete(name); setFailed(true); });
      return null;
    }, own);
  };
  const [x, y] = square(at);
  useEffect(() => {
    if (!held.current) centre.current = { x, y, zoom };
    draw();
  }, [x, y, zoom, own?.join()]);

  const shift = (dx: number, dy: number) => {
    const scale = TILE * 2 ** zoom;
    centre.current = { ...centre.current, x: centre.current.x - dx / scale, y: centre.current.y - dy / scale };
    draw();
  };
  const tell = () => moved(placeOf(centre.current.x, centre.current.y));
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    if (!by) return;
    event.preventDefault();
    shift(by[0] ?? 0, by[1] ?? 0);
    tell();
  };
  return (
    <div class="small-map">
      <canvas
        ref={box} tabIndex={0} role="application" aria-label={say(W.mapLabel)} onKeyDown={key}
        onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); held.current = { x: event.clientX, y: event.clientY }; }}
        onPointerMove={(event) => {
          if (!held.current) return;
          shift(event.clientX - held.current.x, event.clientY - held.current.y);
          held.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerUp={() => { if (held.current) tell(); held.current = null; }}
        onPointerCancel={() => { held.current = null; }}
      />
      <svg class="pin" viewBox="0 0 24 34" aria-hidden="true"><path d="M12 33 3.6 18a10 10 0 1 1 16.8 0z" /><circle cx="12" cy="11" r="4" /></svg>
      <div class="zoom">
        <button type="button" class="tap" aria-label={say(W.mapNearer)} disabled={zoom >= NEAR} onClick={() => setZoom(zoom + 1)}>+</button>
        <button type="button" class="tap" aria-label={say(W.mapFarther)} disabled={zoom <= FAR} onClick={() => setZoom(zoom - 1)}>−</button>
      </div>
      {failed && <p class="muted" role="status">{say(W.mapNone)}</p>}
    </div>
  );
}
