// The map of the console: the ground, what is on the board, units as they move, and what is pointed at.
import { effect, signal } from "@preact/signals";
import * as maplibregl from "maplibre-gl";
import type { GeoJSONSource, Map as GlMap } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "preact/hooks";
import { theme } from "../app/theme";
import type { Incident } from "../api/documents";
import { incidents, posts, units } from "../live/board";
import { past } from "../live/session";
import { language } from "../words/say";
import { ground, tilesThere, type Tiles } from "./base";
import { Field, type Cells } from "./field";
import type { Marked } from "./incident-marks";
import { addMarks } from "./marks";
import * as overlay from "./overlays";
import { FLOATS } from "./positions.worker";
import { chosen, hovered, keepInSight, map as current, pick, replayed, type Thing } from "./state";
import { UnitsCanvas } from "./units-canvas";

const worker = document.querySelector<HTMLMetaElement>('meta[name="map-worker"]')?.content;
if (worker) maplibregl.setWorkerUrl(worker);

/** Units drawn one by one at the most; beyond, the server counts them in cells. */
const MOST = 12_000;

/** Whether the map has been drawn whole once. */
export const drawn = signal(false);

function mercator([west, south, east, north]: [number, number, number, number]): [number, number] {
  const middle = maplibregl.MercatorCoordinate.fromLngLat([(west + east) / 2, (south + north) / 2]);
  return [middle.x, middle.y];
}

/** Places as the canvas wants them, standing still. */
function floats(places: readonly (readonly [number, number])[], origin: readonly [number, number]): Float32Array {
  const made = new Float32Array(places.length * FLOATS);
  places.forEach((at, index) => {
    const { x, y } = maplibregl.MercatorCoordinate.fromLngLat([at[0], at[1]]);
    made.set([x - origin[0], y - origin[1], x - origin[0], y - origin[1], -10, 0], index * FLOATS);
  });
  return made;
}

/** A layer that draws nothing itself: it tells the canvas of units how the map lies, in the very frame it is drawn. */
function follower(canvas: () => UnitsCanvas | null): maplibregl.CustomLayerInterface {
  let map: GlMap | null = null;
  return {
    id: "units",
    type: "custom",
    onAdd(added) {
      map = added;
    },
    render(_, input) {
      const box = map?.getContainer();
      if (map && box) canvas()?.lie(input.defaultProjectionData.mainMatrix, map.getZoom(), box.clientWidth, box.clientHeight);
    },
  };
}

/** Everything above the ground, added anew with each style. */
function furnish(map: GlMap, canvas: () => UnitsCanvas | null): void {
  addMarks(map);
  overlay.addLayers(map);
  map.addLayer(follower(canvas));
}

/** Sources that have something in them. What is empty and stays so is not told to the map, which would draw itself anew. */
const filled = new WeakMap<object, boolean>();

function set(map: GlMap, name: string, data: GeoJSON.FeatureCollection): void {
  const source = map.getSource(name) as GeoJSONSource | undefined;
  const some = data.features.length > 0;
  if (!source || (!some && !filled.get(source))) return;
  filled.set(source, some);
  source.setData(data);
}

/** Open incidents as they are marked: the most urgent above. */
function marked(all: ReadonlyMap<number, Incident>, picked: Thing | null): Marked[] {
  return [...all.values()]
    .filter((one) => one.status === "open")
    .sort((a, b) => b.priority - a.priority)
    .map((one) => ({
      incident: one.incident, at: one.at, priority: one.priority,
      answered: one.assignments.some((task) => task.stage !== "ended"),
      chosen: picked !== null && "incident" in picked && picked.incident === one.incident,
    }));
}

function thingAt(map: GlMap, canvas: UnitsCanvas | null, point: maplibregl.Point): Thing | null {
  const unit = canvas?.at(point.x, point.y) ?? null;
  if (unit !== null) return { unit };
  const incident = canvas?.incidentAt(point.x, point.y) ?? null;
  if (incident !== null) return { incident };
  const box: [[number, number], [number, number]] = [[point.x - 5, point.y - 5], [point.x + 5, point.y + 5]];
  const found = map.queryRenderedFeatures(box, { layers: ["post"].filter((layer) => map.getLayer(layer)) })[0];
  return found ? { post: Number(found.id) } : null;
}

class CityMap {
  private readonly map: GlMap;
  private readonly canvas: UnitsCanvas;
  /** Where units are; none in the past, where it is a matter of their tracks. */
  private readonly field: Field | null;
  private readonly stops: (() => void)[] = [];
  /** How far the map goes: west, south, east, north. */
  private readonly reach: [number, number, number, number];
  /** Whether all units are few enough to be told one by one. */
  private whole = true;

  constructor(box: HTMLElement, over: HTMLCanvasElement, private readonly tiles: Tiles) {
    const limits = tiles.bounds;
    const [west, south, east, north] = limits;
    const pad = Math.max(east - west, north - south);
    this.reach = [west - pad, south - pad, east + pad, north + pad];
    this.map = new maplibregl.Map({
      container: box,
      style: ground(language.value, tiles),
      bounds: limits,
      fitBoundsOptions: { padding: 24 },
      maxBounds: this.reach,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: { compact: false },
      fadeDuration: 120,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 110 }), "bottom-right");
    this.canvas = new UnitsCanvas(over, mercator(limits));
    this.field = past.value ? null : new Field(mercator(limits), {
      units: (frame) => this.units(frame.units, frame.floats),
      cells: (cells) => this.cells(cells),
    });
    current.value = { gl: this.map, where: (unit) => this.field?.where(unit) ?? null };
    this.listen();
    this.follow();
  }

  private units(units: Uint32Array, floats: Float32Array): void {
    this.canvas.frame(units, floats);
    this.restate();
    this.nameUnits();
  }

  private listen(): void {
    const { map } = this;
    map.on("load", () => {
      furnish(map, () => this.canvas);
      this.look();
      this.refresh();
    });
    map.once("idle", () => (drawn.value = true));
    keepInSight(map);
    map.on("moveend", () => {
      // For whoever looks at the page from outside, such as its tests: what is in sight.
      map.getContainer().dataset["bounds"] = map.getBounds().toArray().flat().join(" ");
      this.look();
      this.nameUnits();
    });
    map.on("click", (event) => {
      if (pick.value) pick.value([event.lngLat.lng, event.lngLat.lat]);
      else chosen.value = thingAt(map, this.canvas, event.point);
    });
    map.on("mousemove", (event) => {
      const thing = pick.value ? null : thingAt(map, this.canvas, event.point);
      hovered.value = thing;
      map.getCanvas().style.cursor = pick.value ? "crosshair" : thing ? "pointer" : "";
    });
  }

  /** Asks for units where they can be seen; for all of them if they can all be told one by one, so that lists know their fixes as well. */
  private look(): void {
    const box = this.map.getBounds();
    const [west, south, east, north] = this.whole ? this.reach : [Infinity, Infinity, -Infinity, -Infinity];
    const edge = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value));
    this.field?.look({
      west: edge(Math.min(west, box.getWest()), 180), south: edge(Math.min(south, box.getSouth()), 85),
      east: edge(Math.max(east, box.getEast()), 180), north: edge(Math.max(north, box.getNorth()), 85), most: MOST,
    });
  }

  /** Counts by cell, where there are too many units to draw each. */
  private cells(cells: Cells | null): void {
    set(this.map, "cells", overlay.cells(cells));
    if (!cells) return;
    this.canvas.clear();
    if (this.whole) {
      this.whole = false;
      this.look();
    }
  }

  /** What hangs on signals: the board, what is chosen, the theme and the language. */
  private follow(): void {
    let first = true;
    this.stops.push(
      effect(() => {
        void theme.value;
        const style = ground(language.value, this.tiles);
        if (first) {
          first = false;
          return;
        }
        this.map.setStyle(style, { diff: false });
        this.map.once("style.load", () => {
          furnish(this.map, () => this.canvas);
          this.canvas.recolour();
          this.refresh();
        });
      }),
      effect(() => this.canvas.mark(marked(incidents.value, chosen.value))),
      effect(() => set(this.map, "posts", overlay.posts(posts.value))),
      effect(() => {
        void units.value;
        void chosen.value;
        this.restate();
      }),
      effect(() => {
        const frame = replayed.value;
        if (frame) this.units(frame.units, floats(frame.places, this.canvas.origin));
        else if (past.value) this.canvas.clear();
      }),
      overlay.follow((source, data) => set(this.map, source, data)),
    );
  }

  private refresh(): void {
    set(this.map, "posts", overlay.posts(posts.value));
    overlay.refresh((source, data) => set(this.map, source, data));
  }

  private restate(): void {
    const all = units.value;
    const picked = chosen.value;
    const unit = picked && "unit" in picked ? picked.unit : null;
    const incident = picked && "incident" in picked ? picked.incident : null;
    this.canvas.restate((id) => {
      const known = all.get(id);
      if (!known) return null;
      return { status: known.status, chosen: id === unit || (incident !== null && known.incident === incident) };
    });
  }

  private nameUnits(): void {
    this.canvas.name((unit) => units.value.get(unit)?.call_sign ?? null);
  }

  drop(): void {
    for (const stop of this.stops) stop();
    this.field?.close();
    this.canvas.drop();
    current.value = null;
    drawn.value = false;
    this.map.remove();
  }
}

/** The map. It fills whatever it is put into. */
export function CityMapView() {
  const box = useRef<HTMLDivElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let made: CityMap | null = null;
    let gone = false;
    const begin = async () => {
      const tiles = await tilesThere();
      if (gone || !box.current || !over.current) return;
      if (tiles) made = new CityMap(box.current, over.current, tiles);
      else setTimeout(() => void begin(), 1_500);
    };
    void begin();
    return () => {
      gone = true;
      made?.drop();
    };
  }, []);
  return (
    <div class="map">
      <div class="ground" ref={box} />
      <canvas class="units" ref={over} aria-hidden="true" />
    </div>
  );
}

