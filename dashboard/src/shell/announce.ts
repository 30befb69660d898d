type Show = (message: string) => void;

let show: Show | null = null;
let waiting: string[] = [];
let onFirst: (() => void) | null = null;

/** Says in a corner that something was done. The code that draws it is loaded with the first message. */
export function announce(message: string): void {
  if (show) show(message);
  else {
    waiting = [...waiting, message];
    onFirst?.();
  }
}

export function whenFirstAnnounced(wake: () => void): () => void {
  onFirst = wake;
  return () => {
    onFirst = null;
  };
}

/** Called once the corner is there: what was said meanwhile is shown now. */
export function showWith(next: Show): void {
  show = next;
  for (const message of waiting) next(message);
  waiting = [];
}
