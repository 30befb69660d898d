import type { Kilim } from "@kilim/sdk";
import { useSyncExternalStore } from "react";

const KEPT_AS = "dokuma:consent";

export interface Choice {
  readonly state: "granted" | "denied";
  /** The words that were read, and where they stood. */
  readonly wording: string;
  readonly source: string;
}

const listeners = new Set<() => void>();
/** As said on this page: a browser may refuse to keep it. */
let said: string | null = null;

/** Null until she has been asked. */
export function readChoice(): string | null {
  try {
    return said ?? localStorage.getItem(KEPT_AS);
  } catch {
    return said;
  }
}

/** "Only what is needed" stops events; the cart needs the device's id and goes on working. */
export function choose(kilim: Kilim, { state, wording, source }: Choice): void {
  kilim.track("Consent Changed", { channel: "web", purpose: "personalisation", state, wording, source });
  kilim.setTracking(state === "granted");
  said = state;
  try {
    localStorage.setItem(KEPT_AS, state);
  } catch {
    // The question comes again on the next visit.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useChoice(): string | null {
  return useSyncExternalStore(subscribe, readChoice);
}

export function useIsTracking(kilim: Kilim): boolean {
  return useSyncExternalStore(subscribe, () => kilim.isTracking);
}
