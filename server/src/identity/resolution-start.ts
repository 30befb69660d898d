import type { Held } from "./held.ts";
import type { Meeting } from "./meetings.ts";
import type { Side } from "./outcome.ts";
import type { Rules } from "./rules.ts";

/** What is known before a batch. */
export interface ResolutionStart {
  readonly rules: Rules;
  /** `type:value` → whose it is. */
  readonly held: ReadonlyMap<string, Held>;
  /** All identifiers of the profiles that events of this batch may change. */
  readonly ofProfile: ReadonlyMap<string, readonly Held[]>;
  /** An old profile id → the one that lives on. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Whom the identifiers that have met others have met. */
  readonly meetings?: readonly Meeting[];
  /** How many people were merged into a profile so far; none when not there. */
  readonly merged?: ReadonlyMap<string, number>;
  /** Profiles of this batch that somebody has separated from others. */
  readonly apart?: ReadonlyMap<string, readonly Side[]>;
  readonly newId: () => string;
}
