// Ways to sign in other than by password: through the force's own sign-in service, where this server knows one.
import { useEffect, useState } from "preact/hooks";
import { language, say } from "../words/say";
import { W } from "../words/sign-in";

interface Provider { label_en: string; label_zh: string; start: string }

/** A server that has no such door has no other way. */
async function provider(): Promise<Provider | null> {
  try {
    const answer = await fetch("/api/v1/sign-in");
    if (!answer.ok) return null;
    const found = ((await answer.json()) as { provider?: Provider | null }).provider;
    return found?.start.startsWith("/") ? found : null;
  } catch {
    return null;
  }
}

/** Where the sign-in comes back to: kept by the browser for this tab alone, read by the page at which it ends. */
function remember(from: "/crew" | null): void {
  if (from) sessionStorage.setItem("sign-in-from", from);
  else sessionStorage.removeItem("sign-in-from");
}

export function Ways({ from = null, button = "button" }: { from?: "/crew" | null; button?: string }) {
  const [found, setFound] = useState<Provider | null>(null);
  useEffect(() => void provider().then(setFound), []);
  if (!found) return null;
  return (
    <>
      <p class="or"><span>{say(W.or)}</span></p>
      <a class={button} href={found.start} onClick={() => remember(from)}>{language.value === "zh" ? found.label_zh : found.label_en}</a>
    </>
  );
}
