// A draft: posts as they might stand. What they cover is asked anew with every move, against the posts of today.
import { computed, effect, signal } from "@preact/signals";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { posts } from "../live/board";
import { plannedReach } from "../map/state";
import { PLAN_POSTS } from "../words/plan";
import { named, say } from "../words/say";

export type Cover = Schemas["CoverDoc"];

/** A post of the draft: one that is there today, or one that is only thought of. */
export interface Drafted { key: string; at: [number, number]; post: number | null; name: string; moved: boolean; hours: string | null }

/** A post of today, with the area it is in. */
export interface Standing extends Drafted { area: number }

/** Kinds of post from which somebody is sent; checkpoints are left where their rings are. */
const SENT_FROM = new Set(["police_station", "street_station", "standby", "fire_station"]);

export const draft = signal<readonly Drafted[]>([]);
export const chosenKey = signal<string | null>(null);
export const cover = signal<Cover | null>(null);
export const coverFault = signal<Problem | null>(null);
/** The hour of the week that is meant; none is whenever a post is manned at all. */
export const hour = signal<number | null>(null);
/** The area whose demand is meant; none is the whole city. */
export const within = signal<number | null>(null);
export const minutes = signal<readonly number[]>([1, 3, 5]);

export const today = computed<readonly Standing[]>(() =>
  [...posts.value.values()]
    .filter((one) => SENT_FROM.has(one.kind) && one.state !== "closed")
    .map((one) => ({ key: `post ${one.post}`, at: one.at as [number, number], post: one.post, name: named(one.name), moved: false, hours: one.hours ?? null, area: one.area })),
);

let made = 0;

/** Whether anybody changed the draft: until then it is the posts of today, whenever the board tells of them. */
const touched = signal(false);

function put(list: readonly Drafted[]): void {
  touched.value = true;
  draft.value = list;
}

export function restart(): void {
  touched.value = false;
  draft.value = today.value;
  chosenKey.value = null;
}

export function add(at: [number, number], name?: string): void {
  made += 1;
  const key = `new ${made}`;
  put([...draft.value, { key, at, post: null, name: name || say(PLAN_POSTS.newPost, { n: made }), moved: false, hours: null }]);
  chosenKey.value = key;
}

export function move(key: string, at: [number, number]): void {
  put(draft.value.map((one) => (one.key === key ? { ...one, at, moved: one.post !== null } : one)));
}

/** When a post is manned; none is always. */
export function manned(key: string, hours: string | null): void {
  put(draft.value.map((one) => (one.key === key ? { ...one, hours } : one)));
}

export function remove(key: string): void {
  put(draft.value.filter((one) => one.key !== key));
  if (chosenKey.value === key) chosenKey.value = null;
}

/** Takes over the places a run chose: those of posts that are there stay theirs. */
export function takeOver(chosen: readonly { at: [number, number]; post: number | null; name: string }[]): void {
  put(chosen.map((one, index) => ({ key: one.post === null ? `run ${index}` : `post ${one.post}`, ...one, moved: false, hours: one.post === null ? null : hoursOf(one.post) })));
  chosenKey.value = null;
}

const bodyOf = (list: readonly Drafted[]) => list.map(({ at, hours }) => ({ at, hours }));
const hoursOf = (post: number): string | null => posts.value.get(post)?.hours ?? null;

/** Whether the draft is another than today's posts. */
export const differs = computed(() => JSON.stringify(bodyOf(draft.value)) !== JSON.stringify(bodyOf(today.value)));

/** Whether a post is under somebody's hand: the figures follow it, the outlines when it is let go. */
export const dragging = signal(false);

let busy = false;
let waiting = false;

/** One question at a time; what moved meanwhile is asked as soon as the answer is there. */
async function load(): Promise<void> {
  if (busy) {
    waiting = true;
    return;
  }
  busy = true;
  const against = differs.value ? bodyOf(today.value) : null;
  const body = { posts: bodyOf(draft.value), minutes: [...minutes.value], hour: hour.value, area: within.value, against, outlines: !dragging.value };
  const found = await outcome(api.POST("/api/v1/planning/cover", { body }));
  busy = false;
  if (found.ok) {
    cover.value = found.value;
    if (found.value.features.length > 0) plannedReach.value = found.value.features;
  }
  coverFault.value = found.ok ? null : found.problem;
  if (waiting) {
    waiting = false;
    void load();
  }
}

/** Follows the draft until the returned function is called. */
export function follow(): () => void {
  const keep = effect(() => {
    if (!touched.value) draft.value = today.value;
  });
  const stop = effect(() => {
    void [draft.value, hour.value, within.value, minutes.value, dragging.value];
    void load();
  });
  return () => {
    keep();
    stop();
    plannedReach.value = null;
  };
}
