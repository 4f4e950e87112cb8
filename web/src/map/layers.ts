// The layers of the map in their one order, from the ground up. A layer that is not in the list cannot be added.

export const ORDER = [
  "ground",
  "green", "landuse", "water", "building", "rail", "boundary",
  "road-case", "road", "ferry",
  "reach-fill", "reach-line",
  "spread-fill", "spread-line",
  "cells",
  "passed",
  "area-fill", "area-line",
  "ring",
  "way", "track",
  "road-name", "poi-name", "place-name", "area-name",
  "accuracy",
  "post", "post-name",
  "hot-spot", "hot-spot-due", "hot-spot-name",
  "pick",
  "crossing",
  "seal", "seal-number", "seal-name",
  // Nothing of the map's own lies above this one: incidents, units and call signs are on a canvas of theirs.
  "units",
] as const;

export type LayerId = (typeof ORDER)[number];

/** The layer before which one has to be put: the next in the order that is there. */
export function before(id: LayerId, has: (id: string) => boolean): string | undefined {
  return ORDER.slice(ORDER.indexOf(id) + 1).find(has);
}
