import type { Path } from "../segment-tree.ts";
import type { Spot } from "./context.ts";

/** The place a `data-spot` attribute names. */
export function readSpot(key: string): Spot {
  const cut = key.indexOf("/");
  const path: Path = key
    .slice(0, cut)
    .split(".")
    .flatMap((step) => (step === "" ? [] : [Number(step)]));
  return { path, slot: key.slice(cut + 1) };
}

/** The place that has the keyboard, if one of the builder's has. */
export function spotInFocus(element: HTMLElement | null): Spot | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !element?.contains(active)) return null;
  const key = active.dataset.spot;
  return key === undefined ? null : readSpot(key);
}
