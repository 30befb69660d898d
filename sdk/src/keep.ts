/** A drawer of strings that outlives the page when the browser lets it, and the page otherwise. */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  names(): string[];
}

const PREFIX = "kilim:";

/** Every access is guarded: private windows and full quotas throw, and a page must never notice. */
export function openKeep(storage: Storage | undefined): Keep {
  const memory = new Map<string, string>();
  const guarded = <T>(work: (storage: Storage) => T): T | undefined => {
    try {
      return storage && work(storage);
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => memory.get(name) ?? guarded((s) => s.getItem(PREFIX + name)) ?? null,
    set(name, value) {
      const kept = guarded((s) => {
        s.setItem(PREFIX + name, value);
        return true;
      });
      if (kept) memory.delete(name);
      else memory.set(name, value);
    },
    remove(name) {
      memory.delete(name);
      guarded((s) => s.removeItem(PREFIX + name));
    },
    names() {
      const stored = guarded((s) => Object.keys(s).filter((key) => key.startsWith(PREFIX))) ?? [];
      return [...new Set([...stored.map((key) => key.slice(PREFIX.length)), ...memory.keys()])];
    },
  };
}

/** Merely touching `localStorage` throws where the browser refuses it. */
export function localStorageOrNothing(): Storage | undefined {
  try {
    return globalThis.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}
