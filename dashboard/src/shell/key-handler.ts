import { useEffect } from "react";

import { allCommands } from "./commands.ts";
import { matchKeys } from "./key-sequence.ts";

const SEQUENCE_MS = 1_200;

/** Listens for the keys of all registered commands, except while somebody types or a dialog is open. */
export function useKeyHandler(): void {
  useEffect(() => {
    let pending = "";
    let forget: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const withModifier = event.ctrlKey || event.metaKey;
      if (!withModifier && (isTyping(event.target) || isDialogOpen())) return;
      if (event.key === "Enter" && isControl(event.target)) return;
      const commands = allCommands();
      const match = matchKeys(
        event,
        pending,
        commands.flatMap((command) => (command.keys ? [command.keys] : [])),
      );
      pending = match.pending;
      clearTimeout(forget);
      if (pending !== "") {
        forget = setTimeout(() => {
          pending = "";
        }, SEQUENCE_MS);
      }
      const command = commands.findLast((candidate) => candidate.keys === match.keys);
      if (match.keys !== null && command) {
        event.preventDefault();
        command.run();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(forget);
      window.removeEventListener("keydown", onKey);
    };
  }, []);
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === "combobox")
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("a, button, [role=button], [role=option]") !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog]") !== null;
}
