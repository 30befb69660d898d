import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let isReachable = navigator.onLine;

/** Whether Kilim answered last. A network that is there and leads nowhere counts as away. */
export function noteReachable(now: boolean): void {
  if (now === isReachable) return;
  isReachable = now;
  for (const listener of listeners) listener();
}

export function useReachable(): boolean {
  return useSyncExternalStore(onReachable, () => isReachable);
}

export function onReachable(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener("offline", () => noteReachable(false));
