import { useSyncExternalStore } from "react";

const CHOICE = "kilim-store:store";
const listeners = new Set<() => void>();

/** The store this device stands in; it stays there over sign-outs. */
export function useChosenStore(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(CHOICE),
  );
}

export function chooseStore(id: string | null): void {
  if (id) localStorage.setItem(CHOICE, id);
  else localStorage.removeItem(CHOICE);
  for (const listener of listeners) listener();
}
