import type { EngineAddresses } from "./engines/open.ts";
import type { News } from "./part.ts";
import type { Settings } from "./settings.ts";

/** Supervisor to part. */
export type Order =
  | { readonly type: "start"; readonly settings: Settings; readonly engines: EngineAddresses }
  | { readonly type: "stop" };

/** Part to supervisor. */
export type Report =
  | { readonly type: "ready"; readonly lines: readonly string[] }
  /** It cannot start, and the operator can mend it; the sentence says how. */
  | { readonly type: "failed"; readonly sentence: string }
  | { readonly type: "news"; readonly news: News };
