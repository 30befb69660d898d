/** What can be done about it right away, from the corner. */
export interface Offer {
  readonly label: string;
  readonly run: () => void;
}

type Show = (message: string, offer?: Offer) => void;

let show: Show | null = null;
let waiting: Parameters<Show>[] = [];
let onFirst: (() => void) | null = null;

/** Says in a corner that something was done. The code that draws it is loaded with the first message. */
export function announce(message: string, offer?: Offer): void {
  if (show) show(message, offer);
  else {
    waiting = [...waiting, offer ? [message, offer] : [message]];
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
  for (const said of waiting) next(...said);
  waiting = [];
}
