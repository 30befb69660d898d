import { useSyncExternalStore } from "react";

/** Where in the kiosk somebody is. */
export type Place =
  | { readonly at: "find"; readonly q?: string; readonly category?: string }
  /** A colour alone as long as nobody has said which size. */
  | { readonly at: "product"; readonly id: string; readonly variant?: string; readonly color?: string }
  | { readonly at: "list" };

const BASE = "/kiosk/";

export function addressOf(place: Place): string {
  if (place.at === "list") return `${BASE}list`;
  const { q, category } = place.at === "find" ? place : {};
  const { variant, color } = place.at === "product" ? place : {};
  const search = new URLSearchParams({
    ...(q ? { q } : {}),
    ...(category ? { category } : {}),
    ...(variant ? { variant } : {}),
    ...(color ? { color } : {}),
  }).toString();
  const path = place.at === "product" ? `${BASE}p/${encodeURIComponent(place.id)}` : BASE;
  return search ? `${path}?${search}` : path;
}

export function placeOf(path: string, search: string): Place {
  const asked = new URLSearchParams(search);
  const [what, id] = path.slice(BASE.length).split("/");
  const [variant, color] = [asked.get("variant"), asked.get("color")];
  if (what === "p" && id) {
    return { at: "product", id: decodeURIComponent(id), ...(variant ? { variant } : {}), ...(color ? { color } : {}) };
  }
  if (what === "list") return { at: "list" };
  const [q, category] = [asked.get("q"), asked.get("category")];
  return { at: "find", ...(q ? { q } : {}), ...(category ? { category } : {}) };
}

const listeners = new Set<() => void>();

/**
 * Goes there. Every screen has its address, and none stays in the history: Back leads out of the kiosk, never into
 * somebody else's visit.
 */
export function go(place: Place): void {
  history.replaceState(null, "", addressOf(place));
  for (const listener of listeners) listener();
  if (place.at !== "find" || !place.q) window.scrollTo(0, 0);
}

export function usePlace(): Place {
  const address = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => location.pathname + location.search,
  );
  const [path = "", search = ""] = address.split("?");
  return placeOf(path, search);
}
