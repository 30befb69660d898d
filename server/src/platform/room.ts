import type { App } from "./http.ts";

/** What a room gives to `main`: its routes (api part) and its work in the background (worker part). */
export interface Room {
  routes?(app: App): void;
  start?(): Promise<void>;
  /** Ends background work in order; returns when nothing of it is under way. */
  stop?(): Promise<void>;
}
