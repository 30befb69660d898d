import { useEffect, useId, useRef, useSyncExternalStore } from "react";

/** One thing a person can do here. The palette, the help page and the key handler all read the same list. */
export interface Command {
  readonly id: string;
  /** "g p" (one after the other), "c", "/", "?", "mod+k", "enter", "escape". */
  readonly keys?: string;
  readonly group: "go" | "do" | "here";
  readonly label: string;
  readonly run: () => void;
}

const owners = new Map<string, readonly Command[]>();
const listeners = new Set<() => void>();
let snapshot: readonly Command[] = [];

function publish(): void {
  // What a page registers later wins over what the shell registered under the same id.
  snapshot = [...new Map([...owners.values()].flat().map((command) => [command.id, command])).values()];
  for (const listener of listeners) listener();
}

/** Offers these commands as long as the component is on the screen. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands.map((command) => `${command.id}|${command.keys ?? ""}|${command.label}`).join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the list; `run` is read late
  useEffect(() => {
    owners.set(
      owner,
      latest.current.map((command) => ({
        ...command,
        run: () => latest.current.find((other) => other.id === command.id)?.run(),
      })),
    );
    publish();
    return () => {
      owners.delete(owner);
      publish();
    };
  }, [owner, shape]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

export function allCommands(): readonly Command[] {
  return snapshot;
}
