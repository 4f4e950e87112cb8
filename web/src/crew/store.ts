// What the phone keeps for itself between two lines of the network: what waits to be sent, and the last task. Never what was written freely.
//
// A browser that keeps nothing (a private window, a full disk) is no reason to stop: everything is in memory too.

type Store = "queue" | "kept";

let opened: Promise<IDBDatabase | null> | null = null;

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open("crew", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("queue", { keyPath: "id" });
        request.result.createObjectStore("kept");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

/** Done when it is on the disk, or when it is known that it will not be. */
async function within(store: Store, work: (store: IDBObjectStore) => void): Promise<void> {
  const database = await open();
  if (!database) return;
  await new Promise<void>((resolve) => {
    const transaction = database.transaction(store, "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => resolve();
    work(transaction.objectStore(store));
  });
}

async function read<T>(store: Store, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    const request = ask(database.transaction(store, "readonly").objectStore(store));
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => resolve(undefined);
  });
}

export const all = async <T>(): Promise<T[]> => (await read<T[]>("queue", (store) => store.getAll())) ?? [];

/** Puts and takes away, all or nothing. */
export const change = (put: readonly object[], gone: readonly string[] = []): Promise<void> =>
  within("queue", (store) => {
    for (const one of put) store.put(one);
    for (const id of gone) store.delete(id);
  });

export const keep = (name: string, value: unknown): Promise<void> => within("kept", (store) => void store.put(value, name));
export const kept = <T>(name: string): Promise<T | undefined> => read<T>("kept", (store) => store.get(name));
export const forget = (...names: string[]): Promise<void> =>
  within("kept", (store) => {
    for (const name of names) store.delete(name);
  });
