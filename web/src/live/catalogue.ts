// The catalogue: what types, capabilities, reasons and the like are called. A city may replace it while the page is open.
import { computed, effect, signal } from "@preact/signals";
import { api, outcome } from "../api/client";
import type { Catalogue, Named } from "../api/documents";
import { named } from "../words/say";
import { catalogueVersion } from "./board";
import { session } from "./session";

export interface Coded { code: string; title: Named }
export type IncidentType = Coded & {
  priority: number; listed_preventable: boolean; needs: { capability: string | null; units: number }[];
};

export const catalogue = signal<Catalogue | null>(null);

async function load(): Promise<void> {
  const found = await outcome(api.GET("/api/v1/catalogue"));
  if (found.ok) catalogue.value = found.value as unknown as Catalogue;
  else if (found.problem.status === 0) setTimeout(() => void load(), 2_000);
}

effect(() => {
  void catalogueVersion.value;
  if (session.value) void load();
});

const list = (name: string) => computed(() => (catalogue.value?.[name] ?? []) as Coded[]);

export const types = computed(() => (catalogue.value?.types ?? []) as unknown as IncidentType[]);
export const capabilities = list("capabilities");
export const dispositions = list("dispositions");
export const reasons = list("reasons");
export const hazards = list("hazards");
export const forces = list("forces");
export const grades = list("grades");

const titles = computed(() => {
  const all = new Map<string, Map<string, Named>>();
  for (const [name, coded] of Object.entries(catalogue.value ?? {})) {
    if (Array.isArray(coded) && coded.every((one) => typeof one === "object" && one !== null && "code" in one)) {
      all.set(name, new Map((coded as Coded[]).map((one) => [one.code, one.title])));
    }
  }
  return all;
});

/** What a code of a list of the catalogue is called; the code itself if the catalogue does not have it any more. */
export function titleOf(list: string, code: string | null | undefined): string {
  if (!code) return "";
  const title = titles.value.get(list)?.get(code);
  return title ? named(title) : code;
}

export const typeTitle = (code: string): string => titleOf("types", code);

export const typeOf = (code: string): IncidentType | undefined => types.value.find((one) => one.code === code);
