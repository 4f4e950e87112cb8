// How long a line is waited for: one that is dead says nothing by itself.

/** Ends what is asked after so many milliseconds. */
export function within(ms: number): AbortSignal {
  if ("timeout" in AbortSignal) return AbortSignal.timeout(ms);
  const ends = new AbortController();
  setTimeout(() => ends.abort(), ms);
  return ends.signal;
}
