// The posts of a draft on the map: they can be dragged, and what they cover follows at once. And places where none may be added.
import { effect } from "@preact/signals";
import { Marker } from "maplibre-gl";
import { map } from "../map/state";
import { STAND } from "../words/siting";
import { say } from "../words/say";
import { chosenKey, draft, dragging, move, type Drafted } from "./draft";
import { wish } from "./wish";

const sign = (one: Drafted): string => (one.post === null ? "new" : one.moved ? "moved" : "kept");

function make(one: Drafted): Marker {
  const element = document.createElement("button");
  element.type = "button";
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    chosenKey.value = one.key;
  });
  const marker = new Marker({ element, draggable: true }).setLngLat(one.at);
  const at = (): [number, number] => {
    const { lng, lat } = marker.getLngLat();
    return [lng, lat];
  };
  marker.on("dragstart", () => {
    chosenKey.value = one.key;
    dragging.value = true;
  });
  marker.on("dragend", () => (dragging.value = false));
  // While it is dragged as well: who asks one question at a time sees the cover change under the hand.
  marker.on("drag", () => move(one.key, at()));
  return marker;
}

/** Keeps the markers as the draft is, until the returned function is called. */
export function mark(): () => void {
  const there = new Map<string, Marker>();
  const stop = effect(() => {
    const gl = map.value?.gl;
    if (!gl) {
      there.clear();
      return;
    }
    const wanted = new Set(draft.value.map((one) => one.key));
    for (const [key, marker] of there) {
      if (wanted.has(key)) continue;
      marker.remove();
      there.delete(key);
    }
    for (const one of draft.value) {
      let marker = there.get(one.key);
      if (!marker) {
        marker = make(one).addTo(gl);
        there.set(one.key, marker);
      }
      const { lng, lat } = marker.getLngLat();
      if (lng !== one.at[0] || lat !== one.at[1]) marker.setLngLat(one.at);
      const element = marker.getElement();
      const classes = ["draft-post", sign(one), chosenKey.value === one.key ? "chosen" : ""];
      for (const name of ["new", "moved", "kept", "chosen"]) element.classList.toggle(name, classes.includes(name));
      element.classList.add("draft-post");
      element.setAttribute("aria-label", one.name);
      element.title = one.name;
    }
  });
  return () => {
    stop();
    for (const marker of there.values()) marker.remove();
  };
}

/** Keeps a sign where no post may be added, until the returned function is called. */
export function markBarred(): () => void {
  let there: Marker[] = [];
  const clear = () => {
    for (const marker of there) marker.remove();
    there = [];
  };
  const stop = effect(() => {
    const gl = map.value?.gl;
    const places = wish.value.barredPlaces;
    clear();
    if (!gl) return;
    there = places.map((place, index) => {
      const element = document.createElement("span");
      element.className = "barred-place";
      element.textContent = "✕";
      element.title = `${say(STAND.barred)}: ${say(STAND.place, { n: index + 1 })}`;
      return new Marker({ element }).setLngLat([place[0], place[1]]).addTo(gl);
    });
  });
  return () => {
    stop();
    clear();
  };
}
