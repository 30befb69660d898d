import type { Clock } from "./clock.ts";
import type { EngineAddresses } from "./engines/open.ts";
import type { Settings } from "./settings.ts";

/** What a part tells the person who started Kilim. */
export type News =
  /** Shown at the place of the line before with the same text: a progress bar. */
  | { readonly kind: "progress"; readonly text: string; readonly done: number; readonly total: number }
  | { readonly kind: "line"; readonly text: string };

/** api or worker, running. */
export interface Part {
  /** Printed once at the first start: where to look, how to sign in, which keys. */
  readonly lines?: readonly string[];
  /** Ends in order within three seconds; whatever was answered or committed is safe. */
  stop(): Promise<void>;
}

export type StartPart = (
  engines: EngineAddresses,
  settings: Settings,
  clock: Clock,
  tell: (news: News) => void,
) => Promise<Part>;
