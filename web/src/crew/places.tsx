// Places to choose from: posts near by, and what the search for places finds. It searches no person.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { api, outcome } from "../api/client";
import type { At, Found } from "../api/documents";
import { posts } from "../live/board";
import { W } from "../words/crew";
import { W as C } from "../words/common";
import { language, named, say } from "../words/say";
import { distance } from "./measure";
import { Sheet } from "./pick";
import { apart, here } from "./sharing";

export interface Place { key: string; label: string; at: At; post?: number; site?: number }

const near = (at: At | null, list: Place[]): Place[] =>
  at ? list.map((one) => [apart(at, one.at), one] as const).sort((a, b) => a[0] - b[0]).map(([, one]) => one) : list;

function postsNear(at: At | null): Place[] {
  const all = [...posts.value.values()].map((one) => ({ key: `post ${one.post}`, label: named(one.name), at: one.at as At, post: one.post }));
  return near(at, all).slice(0, 6);
}

function placeOf(one: Found, index: number): Place {
  const place: Place = { key: `${one.kind} ${index} ${one.label}`, label: one.label, at: one.at as At };
  if (one.kind === "post" && one.number != null) place.post = one.number;
  if (one.kind === "site" && one.number != null) place.site = one.number;
  return place;
}

const found = signal<{ text: string; places: Place[] }>({ text: "", places: [] });

async function search(text: string, at: At | null): Promise<void> {
  const query = { q: text, lang: language.value, near: at ? at.join(",") : null, limit: 12 };
  const told = await outcome(api.GET("/api/v1/search", { params: { query } }));
  if (told.ok) found.value = { text, places: told.value.map(placeOf) };
}

/** `known` is for places that have a number of their own: posts and sites. */
export function PickPlace({ title, known, pick, close }: { title: string; known: boolean; pick: (place: Place) => void; close: () => void }) {
  const [text, setText] = useState("");
  const at = here(600_000)?.at ?? null;
  useEffect(() => {
    if (text.trim() === "") return;
    const timer = setTimeout(() => void search(text.trim(), at), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const hits = text.trim() === "" ? [] : found.value.places;
  const fit = (one: Place) => !known || one.post !== undefined || one.site !== undefined;
  const shown = hits.length > 0 ? hits.filter(fit) : known ? postsNear(at) : [];
  return (
    <Sheet title={title} close={close}>
      <label class="field">
        <span>{say(W.findPlace)}</span>
        <input value={text} autocomplete="off" enterkeyhint="search" onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="choices">
        {shown.map((one) => (
          <button key={one.key} type="button" class="tap wide" onClick={() => pick(one)}>
            <span>{one.label}</span>
            {at && <span class="muted">{distance(apart(at, one.at))}</span>}
          </button>
        ))}
        {text.trim() !== "" && found.value.text === text.trim() && shown.length === 0 && <p class="muted">{say(C.nothingFound)}</p>}
      </div>
    </Sheet>
  );
}
