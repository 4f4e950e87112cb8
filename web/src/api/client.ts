// How the pages ask the server: typed by its document, with the session's proof, and a key for each command so that asking again is harmless.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];

/** What a server that cannot be reached says, in the same form as what it says when it can. */
export const UNREACHABLE: Problem = { type: "/problems/unreachable", title: "unreachable", status: 0, detail: "" };

let csrf: string | null = null;
let onSignedOut: () => void = () => {};

/** What a page shows with each request that changes something. */
export function proveWith(token: string | null): void {
  csrf = token;
}

/** Told when the session has ended. */
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell;
}

/** Doors at which 401 is about the password, token or code that was shown, and not about the session. */
const ASKS_FOR_PROOF = new Set<string>(["/api/v1/session", "/api/v1/session/step-up", "/api/v1/set-up", "/api/v1/accept"]);

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("x-precinct-csrf", csrf);
    if (request.method !== "GET" && !request.headers.has("idempotency-key")) {
      request.headers.set("idempotency-key", newKey());
    }
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !ASKS_FOR_PROOF.has(schemaPath)) onSignedOut();
    return response;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin" });
api.use(session);

/** The key of a command: asked again with the same key it has effect once. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** Either what was asked for, or why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

type Answered<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

function problemOf(error: unknown, response: Response): Problem {
  if (typeof error === "object" && error !== null && "detail" in error) return error as Problem;
  return { type: "about:blank", title: response.statusText, status: response.status, detail: response.statusText };
}

/** Waits for an answer and tells it as an outcome: a fault of the line is one of the answers. */
export async function outcome<T>(asked: Answered<T>): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await asked;
    if (!response.ok) return { ok: false, problem: problemOf(error, response) };
    return { ok: true, value: data as T };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Gives a command, and again with the same key while the line fails or the disk is slow, for half a minute. */
export async function persist<T>(ask: (key: string) => Answered<T>): Promise<Outcome<T>> {
  const key = newKey();
  const until = performance.now() + 30_000;
  for (let wait = 500; ; wait = Math.min(wait * 2, 4_000)) {
    const found = await outcome(ask(key));
    const again = !found.ok && (found.problem.status === 0 || found.problem.status === 503);
    if (!again || performance.now() + wait > until) return found;
    await pause(wait);
  }
}
