// Finds places while somebody types; an answer that comes late is dropped.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, outcome } from "../api/client";
import type { Found } from "../api/documents";
import { map } from "../map/state";

/** What is found for `text`; nothing while it is what was `chosen`. */
export function usePlaces(text: string, chosen: string | null): { found: Found[]; nothing: boolean } {
  const [found, setFound] = useState<Found[]>([]);
  const [nothing, setNothing] = useState(false);
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    setNothing(false);
    if (text.trim().length < 2 || text === chosen) {
      setFound([]);
      return;
    }
    const wait = setTimeout(async () => {
      const near = map.value?.gl.getCenter();
      const query = { q: text, limit: 8, ...(near && { near: `${near.lng},${near.lat}` }) } as { q: string };
      const result = await outcome(api.GET("/api/v1/search", { params: { query } }));
      if (mine !== turn.current || !result.ok) return;
      setFound(result.value);
      setNothing(result.value.length === 0);
    }, 80);
    return () => clearTimeout(wait);
  }, [text, chosen]);
  return { found, nothing };
}
