// The ground of the map: the server's own tiles in the colours of the style, with names in the page's language.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { colour } from "../app/theme";
import type { Language } from "../words/say";
import type { LayerId } from "./layers";

const FONT = ["Noto Sans CJK SC", "system-ui", "sans-serif"];
const SOURCE = "base";

/** What the server says of its tiles (TileJSON 3.0). */
export interface Tiles {
  tiles: string[]; bounds: [number, number, number, number]; minzoom: number; maxzoom: number; attribution: string; vector_layers: { id: string }[];
}

/** Asks the server what tiles it has; none while it is still making them. */
export async function tilesThere(): Promise<Tiles | null> {
  const response = await fetch("/tiles.json").catch(() => null);
  return response?.ok ? ((await response.json()) as Tiles) : null;
}

/** Road classes by how wide they are drawn. */
const GRAND = ["motorway", "trunk", "primary"];
const MAIN = ["secondary", "tertiary", "timed"];
const PATHS = ["pedestrian", "cycleway", "path", "steps", "track"];

const kind = (grand: number, main: number, small: number, path: number): ExpressionSpecification =>
  ["match", ["get", "class"], GRAND, grand, MAIN, main, PATHS, path, small];

const width = (more: number): ExpressionSpecification => [
  "interpolate", ["exponential", 1.6], ["zoom"],
  10, kind(0.9 + more * 0.3, 0.5, 0.2, 0),
  13, kind(2.4 + more, 1.5 + more, 0.7 + more * 0.6, 0.3),
  16, kind(9 + more, 7 + more, 5 + more, 1.4),
  19, kind(34 + more, 28 + more, 22 + more, 5),
];

function named(language: Language): ExpressionSpecification {
  const own = language === "zh" ? "name_zh" : "name_en";
  return ["coalesce", ["get", own], ["get", "name"], ""];
}

const fill = (id: LayerId, layer: string, paint: string, more: Partial<LayerSpecification> = {}): LayerSpecification =>
  ({ id, type: "fill", source: SOURCE, "source-layer": layer, paint: { "fill-color": colour(paint) }, ...more }) as LayerSpecification;

function roads(): LayerSpecification[] {
  const shape = { "line-cap": "round", "line-join": "round" } as const;
  const paint: ExpressionSpecification = [
    "match", ["get", "class"], GRAND, colour("map-road-grand"), MAIN, colour("map-road-main"), PATHS, colour("map-path"), colour("map-road"),
  ];
  const order: ExpressionSpecification = ["-", 0, ["get", "rank"]];
  const road: ExpressionSpecification = ["!=", ["get", "class"], "ferry"];
  return [
    {
      id: "road-case" satisfies LayerId, type: "line", source: SOURCE, "source-layer": "road", minzoom: 12.5, filter: road,
      layout: { ...shape, "line-sort-key": order }, paint: { "line-color": colour("map-case"), "line-width": width(1.4) },
    },
    {
      id: "road" satisfies LayerId, type: "line", source: SOURCE, "source-layer": "road", filter: road,
      layout: { ...shape, "line-sort-key": order }, paint: { "line-color": paint, "line-width": width(0) },
    },
    {
      id: "ferry" satisfies LayerId, type: "line", source: SOURCE, "source-layer": "road", filter: ["==", ["get", "class"], "ferry"],
      paint: { "line-color": colour("map-rail"), "line-width": 1, "line-dasharray": [4, 3] },
    },
  ];
}

function names(language: Language): LayerSpecification[] {
  const text = (size: number | ExpressionSpecification) => ({ "text-field": named(language), "text-font": FONT, "text-size": size });
  const paint = { "text-color": colour("map-name"), "text-halo-color": colour("map-halo"), "text-halo-width": 1.4 };
  const faint = { ...paint, "text-color": colour("map-name-faint") };
  return [
    {
      id: "road-name" satisfies LayerId, type: "symbol", source: SOURCE, "source-layer": "road", minzoom: 13,
      layout: { ...text(["interpolate", ["linear"], ["zoom"], 13, 10, 17, 13]), "symbol-placement": "line", "symbol-sort-key": ["get", "rank"], "text-padding": 12 },
      paint,
    },
    {
      id: "poi-name" satisfies LayerId, type: "symbol", source: SOURCE, "source-layer": "poi", minzoom: 15,
      layout: { ...text(10), "symbol-sort-key": ["get", "rank"], "text-max-width": 8, "text-padding": 8 }, paint: faint,
    },
    {
      id: "place-name" satisfies LayerId, type: "symbol", source: SOURCE, "source-layer": "place",
      layout: { ...text(["interpolate", ["linear"], ["zoom"], 9, 11, 15, 15]), "symbol-sort-key": ["get", "rank"], "text-letter-spacing": 0.04 }, paint,
    },
  ];
}

/** The style of the ground; what happens is added above it. */
export function ground(language: Language, tiles: Tiles): StyleSpecification {
  const there = new Set(tiles.vector_layers.map((layer) => layer.id));
  const layers: LayerSpecification[] = [
    { id: "ground" satisfies LayerId, type: "background", paint: { "background-color": colour("map-ground") } },
    fill("green", "green", "map-green"),
    fill("landuse", "landuse", "map-land"),
    fill("water", "water", "map-water", { filter: ["==", ["geometry-type"], "Polygon"] }),
    fill("building", "building", "map-building", { minzoom: 14, paint: { "fill-color": colour("map-building"), "fill-outline-color": colour("map-building-line") } } as Partial<LayerSpecification>),
    { id: "rail" satisfies LayerId, type: "line", source: SOURCE, "source-layer": "rail", paint: { "line-color": colour("map-rail"), "line-width": 1, "line-dasharray": [5, 3] } },
    { id: "boundary" satisfies LayerId, type: "line", source: SOURCE, "source-layer": "boundary", paint: { "line-color": colour("map-boundary"), "line-width": 1, "line-dasharray": [6, 3, 1, 3] } },
    ...roads(),
    ...names(language),
  ];
  const { bounds, minzoom, maxzoom, attribution } = tiles;
  const source = { type: "vector" as const, tiles: tiles.tiles.map((path) => location.origin + path), bounds, minzoom, maxzoom, attribution };
  const shown = layers.filter((layer) => !("source-layer" in layer) || there.has(layer["source-layer"] ?? ""));
  return { version: 8, sources: { [SOURCE]: source }, layers: shown };
}

export { FONT };
