import { useEffect, useRef } from "react";
import { readCode } from "./read-code.ts";

/** No hand types this quickly, every scanner does. */
const BETWEEN_KEYS_MS = 50;
const SHORTEST = 4;

/**
 * Hears a scanner that types like a keyboard, wherever the focus is: quick keys and Enter. What goes into a field is
 * the field's own business, and while a dialog is open nothing is heard.
 */
export function useKeyboardScanner(onCode: (code: string) => void): void {
  const tell = useRef(onCode);
  tell.current = onCode;
  useEffect(() => {
    let typed = "";
    let last = Number.NEGATIVE_INFINITY;
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      if (event.timeStamp - last > BETWEEN_KEYS_MS) typed = "";
      last = event.timeStamp;
      if (event.key.length === 1) typed += event.key;
      else if (event.key === "Enter" && typed.length >= SHORTEST) {
        // Else the same Enter would press the button that has the focus.
        event.preventDefault();
        tell.current(readCode(typed));
        typed = "";
      }
    };
    window.addEventListener("keydown", hear, { capture: true });
    return () => window.removeEventListener("keydown", hear, { capture: true });
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog], [role=alertdialog]")) return true;
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable=true]");
}
