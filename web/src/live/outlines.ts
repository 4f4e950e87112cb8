// The outlines of areas, fetched once when they are first shown, from the door that map programs use too.
import { effect, signal } from "@preact/signals";
import { areasShown } from "../map/state";

interface Feature { id: number; geometry: GeoJSON.Geometry | null; properties: { area: number; name_en: string; name_zh: string; level: string } }

export const outlines = signal<readonly Feature[]>([]);

/** More than a map of a city can show; a nation's grid cells are left out by their level. */
const MOST = 1_000;

async function load(): Promise<void> {
  const response = await fetch(`/ogc/collections/areas/items?limit=${MOST}`).catch(() => null);
  if (response?.ok) outlines.value = ((await response.json()) as { features: Feature[] }).features.filter((one) => one.geometry);
  else setTimeout(() => areasShown.value && outlines.value.length === 0 && void load(), 4_000);
}

effect(() => {
  if (areasShown.value && outlines.peek().length === 0) void load();
});
