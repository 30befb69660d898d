export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface Match {
  /** The keys of the command that was meant, or null. */
  readonly keys: string | null;
  /** What to remember until the next key: the first half of a sequence. */
  readonly pending: string;
}

/** Which of the known key sequences a key press completes, given what was pressed just before. */
export function matchKeys(press: KeyPress, pending: string, known: readonly string[]): Match {
  if (press.altKey) return { keys: null, pending: "" };
  const key = press.key.toLowerCase();
  const pressed = press.ctrlKey || press.metaKey ? `mod+${key}` : key;
  const sequence = pending === "" ? pressed : `${pending} ${pressed}`;
  if (known.includes(sequence)) return { keys: sequence, pending: "" };
  if (known.some((keys) => keys.startsWith(`${sequence} `))) return { keys: null, pending: sequence };
  return pending === "" ? { keys: null, pending: "" } : matchKeys(press, "", known);
}
