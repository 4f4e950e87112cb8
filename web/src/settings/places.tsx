// Areas and posts by name, for lists and for fields to choose from.
import { api } from "../api/client";
import type { Area, Post } from "../api/documents";
import { collate } from "../live/board";
import { named, say } from "../words/say";
import { S } from "../words/settings";
import { everything, useAsked, type Asked } from "./asked";

export const cityArea = 0;

export interface Areas { asked: Asked<Area[]>; list: readonly Area[]; nameOf: (area: number) => string; options: (readonly [string, string])[] }

/** Areas are no secret: everybody signed in may know their names. */
export function useAreas(): Areas {
  const asked = useAsked(() => everything<Area>((cursor) => api.GET("/api/v1/areas", { params: { query: { cursor: cursor ?? null, limit: 1000 } } })));
  const list = asked.found?.ok ? asked.found.value : [];
  const nameOf = (area: number) => (area === cityArea ? say(S.wholeCity) : named(list.find((one) => one.area === area)?.name) || String(area));
  const others = list.filter((one) => one.area !== cityArea).map((one) => [String(one.area), nameOf(one.area)] as const);
  others.sort((a, b) => collate(a[1], b[1]));
  return { asked, list, nameOf, options: [[String(cityArea), say(S.wholeCity)], ...others] };
}

export function usePosts(): Asked<Post[]> {
  return useAsked(() => everything<Post>((cursor) => api.GET("/api/v1/posts", { params: { query: { cursor: cursor ?? null, limit: 1000 } } })));
}
