// What lies above the ground: sources, layers and the features in them.
import { effect } from "@preact/signals";
import type { LayerSpecification, Map as GlMap } from "maplibre-gl";
import { colour } from "../app/theme";
import type { Post } from "../api/documents";
import { outlines } from "../live/outlines";
import { band, spots, streets } from "../live/presence";
import { reach } from "../live/reach";
import { ways } from "../live/ways";
import { containments } from "../live/board";
import { seal } from "../seal/state";
import { duration } from "../words/time";
import { named } from "../words/say";
import { FONT } from "./base";
import type { Cells } from "./field";
import { before, type LayerId } from "./layers";
import { knownKind, postMark } from "./marks";
import { areasShown, considered, lined, plannedReach, tracked } from "./state";

type Features = GeoJSON.FeatureCollection;
type Set = (source: string, data: Features) => void;

const collection = (features: GeoJSON.Feature[] = []): Features => ({ type: "FeatureCollection", features });
const point = (at: readonly number[]): GeoJSON.Point => ({ type: "Point", coordinates: [at[0] ?? 0, at[1] ?? 0] });

const SOURCES = ["reach", "spread", "areas", "cells", "way", "track", "posts", "pick", "seal", "ring", "crossings", "passed", "hot-spots"];

function layers(): LayerSpecification[] {
  const halo = { "text-halo-color": colour("map-halo"), "text-halo-width": 1.4 };
  const reach = ["match", ["get", "band"], 0, colour("reach-1"), 1, colour("reach-3"), colour("reach-5")] as unknown as string;
  const id = (name: LayerId) => name;
  return [
    { id: id("reach-fill"), type: "fill", source: "reach", paint: { "fill-color": reach, "fill-opacity": 0.14 } },
    { id: id("reach-line"), type: "line", source: "reach", paint: { "line-color": reach, "line-width": 1, "line-opacity": 0.7 } },
    { id: id("spread-fill"), type: "fill", source: "spread", paint: { "fill-color": colour("danger"), "fill-opacity": ["match", ["get", "step"], 0, 0.2, 0.08] } },
    { id: id("spread-line"), type: "line", source: "spread", paint: { "line-color": colour("danger"), "line-width": 1.2, "line-opacity": 0.8, "line-dasharray": [2, 2] } },
    {
      id: id("cells"), type: "circle", source: "cells",
      paint: {
        "circle-color": colour("available"), "circle-opacity": 0.55,
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 2, 40, 18],
      },
    },
    {
      // Never passed is the thinnest and broken: it is told by its form too.
      id: id("passed"), type: "line", source: "passed", layout: { "line-cap": "round" },
      paint: {
        "line-color": ["match", ["get", "band"], 0, colour("passes-0"), 1, colour("passes-1"), 2, colour("passes-2"), colour("passes-3")],
        "line-width": ["interpolate", ["linear"], ["zoom"], 11, ["match", ["get", "band"], 0, 0.4, 1, 0.8, 2, 1.4, 2], 16, ["match", ["get", "band"], 0, 1.2, 1, 2.5, 2, 4, 6]],
        "line-opacity": 0.85,
      },
    },
    { id: id("area-line"), type: "line", source: "areas", paint: { "line-color": colour("map-area"), "line-width": ["match", ["get", "level"], "grid_cell", 0.7, "station_area", 1.2, 2], "line-dasharray": [3, 2] } },
    {
      id: id("area-name"), type: "symbol", source: "areas", filter: ["!=", ["get", "level"], "city"],
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-letter-spacing": 0.06 }, paint: { "text-color": colour("ink-2"), ...halo },
    },
    { id: id("way"), type: "line", source: "way", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("accent"), "line-width": 4, "line-opacity": 0.75 } },
    { id: id("track"), type: "line", source: "track", paint: { "line-color": colour("transporting"), "line-width": 2, "line-dasharray": [2, 1] } },
    {
      id: id("post"), type: "symbol", source: "posts",
      layout: { "icon-image": ["get", "mark"], "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 14, 1] },
    },
    {
      id: id("post-name"), type: "symbol", source: "posts", minzoom: 13.5,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-offset": [0, 1.1], "text-anchor": "top", "text-max-width": 9 },
      paint: { "text-color": colour("ink-2"), ...halo },
    },
    ...spotLayers(halo),
    {
      id: id("pick"), type: "circle", source: "pick",
      paint: { "circle-radius": 8, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": colour("accent"), "circle-stroke-width": 3 },
    },
    { id: id("ring"), type: "line", source: "ring", layout: { "line-join": "round" }, paint: { "line-color": colour("accent"), "line-width": 2.5, "line-dasharray": [4, 2] } },
    {
      id: id("crossing"), type: "circle", source: "crossings",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 3, 15, 7], "circle-color": ["match", ["get", "manned"], 1, colour("ok"), colour("map-halo")] as unknown as string,
        "circle-stroke-color": ["match", ["get", "manned"], 1, colour("map-halo"), colour("danger")] as unknown as string, "circle-stroke-width": 2,
      },
    },
    ...sealLayers(halo),
  ];
}

/** Hot spots: a disc while somebody is there, a ring that is kept, a triangle where a visit is due. */
function spotLayers(halo: Record<string, unknown>): LayerSpecification[] {
  const id = (name: LayerId) => name;
  return [
    {
      id: id("hot-spot"), type: "circle", source: "hot-spots", filter: ["!=", ["get", "mark"], "due"],
      paint: {
        "circle-radius": 5, "circle-color": ["match", ["get", "mark"], "there", colour("ok"), colour("map-halo")],
        "circle-stroke-color": colour("ok"), "circle-stroke-width": 2,
      },
    },
    {
      id: id("hot-spot-due"), type: "symbol", source: "hot-spots", filter: ["==", ["get", "mark"], "due"],
      layout: { "text-field": "▲", "text-font": FONT, "text-size": 16, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": colour("warn"), ...halo },
    },
    {
      id: id("hot-spot-name"), type: "symbol", source: "hot-spots", minzoom: 12,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-offset": [0, 0.9], "text-anchor": "top", "text-max-width": 9 },
      paint: { "text-color": colour("ink"), ...halo },
    },
  ];
}

/** Points at which somebody is kept in: numbered, with who holds them and by how much they are first. */
function sealLayers(halo: Record<string, unknown>): LayerSpecification[] {
  const id = (name: LayerId) => name;
  const paint = ["match", ["get", "held"], 1, colour("accent"), colour("danger")] as unknown as string;
  return [
    { id: id("seal"), type: "circle", source: "seal", paint: { "circle-radius": 10, "circle-color": paint, "circle-stroke-color": colour("map-halo"), "circle-stroke-width": 2 } },
    {
      id: id("seal-number"), type: "symbol", source: "seal",
      layout: { "text-field": ["get", "number"], "text-font": FONT, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": colour("accent-ink") },
    },
    {
      id: id("seal-name"), type: "symbol", source: "seal",
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-offset": [1.1, 0], "text-anchor": "left", "text-optional": true },
      paint: { "text-color": colour("ink"), ...halo },
    },
  ];
}

/** Adds the sources and layers of everything above the ground, each at its place in the order. */
export function addLayers(map: GlMap): void {
  for (const source of SOURCES) {
    if (!map.getSource(source)) map.addSource(source, { type: "geojson", data: collection() });
  }
  const has = (name: string) => map.getLayer(name) !== undefined;
  for (const layer of layers()) map.addLayer(layer, before(layer.id as LayerId, has));
}

export function posts(all: ReadonlyMap<number, Post>): Features {
  return collection(
    [...all.values()].map((post) => ({
      type: "Feature", id: post.post, geometry: point(post.at),
      properties: { mark: postMark(knownKind(post.kind), post.state), name: named(post.name) },
    })),
  );
}

/** Counts by cell, where there are too many units to draw each. */
export function cells(counted: Cells | null): Features {
  if (!counted) return collection();
  const { cells: counts, columns, rows, box: [west, south, east, north] } = counted;
  const features: GeoJSON.Feature[] = [];
  counts.forEach((n, index) => {
    if (n === 0) return;
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const at = [west + ((column + 0.5) / columns) * (east - west), south + ((row + 0.5) / rows) * (north - south)];
    features.push({ type: "Feature", geometry: point(at), properties: { n } });
  });
  return collection(features);
}

const picked = (): Features => collection(considered.value ? [{ type: "Feature", geometry: point(considered.value), properties: {} }] : []);

/** Outlines of reach, the widest first so that the nearest lies above. */
function reached(): Features {
  const shown = plannedReach.value ?? reach.value?.features ?? [];
  const features = [...shown].reverse();
  const bands = new Map(shown.map((feature, index) => [feature.properties.minutes, index]));
  return collection(
    features.map((feature) => ({
      type: "Feature", geometry: feature.geometry as GeoJSON.Geometry, properties: { band: bands.get(feature.properties.minutes) ?? 2 },
    })),
  );
}

const routed = (): Features =>
  collection([...ways.value.values()].map(({ way }) => ({ type: "Feature", geometry: way.line as unknown as GeoJSON.Geometry, properties: {} })));

const trails = (): Features =>
  collection(tracked.value.filter((line) => line.length > 1).map((line) => ({
    type: "Feature", geometry: { type: "LineString", coordinates: line.map((at) => [at[0], at[1]]) }, properties: {},
  })));

const bordered = (): Features =>
  collection(areasShown.value ? outlines.value.map((one) => ({
    type: "Feature", geometry: one.geometry as GeoJSON.Geometry,
    properties: { level: one.properties.level, name: named({ en: one.properties.name_en, zh: one.properties.name_zh }) },
  })) : []);

/** How far whoever left may be: soon, and above it by now. */
const spread = (): Features =>
  collection([...(seal.value?.spread ?? [])].sort((a, b) => b.after_ms - a.after_ms).map((one) => ({
    type: "Feature", geometry: one.geometry as unknown as GeoJSON.Geometry, properties: { step: one.after_ms === 0 ? 0 : 1 },
  })));

/** The points that are looked at, else those of all that is being sealed off. */
function sealed(): Features {
  const points = seal.value ? seal.value.points : [...containments.value.values()].flatMap((one) => one.points);
  return collection(points.map((one, index) => {
    const slack = one.slack_ms ?? null;
    const first = slack === null ? "" : ` ${slack < 0 ? "−" : "+"}${duration(Math.abs(slack))}`;
    return {
      type: "Feature", geometry: point(one.at),
      properties: {
        number: String(seal.value ? index + 1 : one.point), held: one.unit != null && (slack === null || slack >= 0) ? 1 : 0,
        name: `${one.call_sign ?? ""}${first}`,
      },
    };
  }));
}

function ringed(): Features {
  const line = lined.value?.line ?? [];
  const closed = line.length > 2 ? [...line, line[0] ?? []] : line;
  return collection(line.length < 2 ? [] : [{ type: "Feature", geometry: { type: "LineString", coordinates: closed.map((at) => [...at]) }, properties: {} }]);
}

const crossed = (): Features =>
  collection((lined.value?.crossings ?? []).map((one) => ({ type: "Feature", geometry: point(one.at), properties: { manned: one.manned ? 1 : 0 } })));

/** Streets by how often they were passed, those passed most above. */
const passed = (): Features => collection([...(streets.value?.features ?? [])].sort((a, b) => a.properties.passes - b.properties.passes).map((one) => ({
  type: "Feature", geometry: one.geometry as unknown as GeoJSON.Geometry, properties: { band: band(one.properties.passes) },
})));

const spotted = (): Features => collection((spots.value ?? []).map((spot) => ({
  type: "Feature", geometry: point(spot.at), properties: { mark: spot.there > 0 ? "there" : spot.due ? "due" : "kept", name: named(spot.name) || spot.key },
})));

const OVERLAYS: [string, () => Features][] = [["passed", passed], ["hot-spots", spotted], ["ring", ringed], ["crossings", crossed], ["spread", spread], ["seal", sealed], ["pick", picked], ["reach", reached], ["way", routed], ["track", trails], ["areas", bordered]];

/** Follows what is overlaid, until the returned function is called. */
export function follow(set: Set): () => void {
  const stops = OVERLAYS.map(([source, features]) => effect(() => set(source, features())));
  return () => stops.forEach((stop) => stop());
}

/** Fills the overlays anew, after a change of style. */
export function refresh(set: Set): void {
  for (const [source, features] of OVERLAYS) set(source, features());
}
