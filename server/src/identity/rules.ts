import { BUILT_IN } from "./built-in-rules.ts";
import type { IdentifierType, RulesConfig } from "./contracts.ts";

/** A kind of identifier: how strong it is, and how many of it one person may have. */
export interface IdentifierRule extends Omit<IdentifierType, "window"> {
  /** Lower wins: the weakest is left out first when a limit would be passed. */
  readonly priority: number;
  /** Length of the window in which `limit` counts; null is for ever. */
  readonly windowMs: number | null;
}

/** The rules as the resolution reads them: made once per change of the settings. */
export interface Rules {
  readonly version: number;
  readonly ofType: ReadonlyMap<string, IdentifierRule>;
  /** Types that are also read from a trait or a property of their own. */
  readonly keyed: readonly IdentifierRule[];
  readonly caps: RulesConfig["caps"];
  readonly typedChannels: ReadonlySet<string>;
  isBlocked(value: string): boolean;
}

const DAY = 24 * 3_600_000;
const WINDOW_MS = { ever: null, annual: 365 * DAY, monthly: 30 * DAY, weekly: 7 * DAY } as const;
const ONLY_ZEROS_AND_DASHES = /^[0-]*$/;

export function compileRules(config: RulesConfig, version: number): Rules {
  const all = config.types.map(({ window, ...type }, priority) => ({
    ...type,
    priority,
    windowMs: WINDOW_MS[window],
  }));
  const values = new Set(config.blocked.values.map(bare));
  const prefixes = config.blocked.prefixes.map(bare);
  return {
    version,
    ofType: new Map(all.map((rule) => [rule.type, rule])),
    keyed: all.filter((rule) => rule.traits.length > 0 || rule.properties.length > 0),
    caps: config.caps,
    typedChannels: new Set(config.typed_channels),
    isBlocked(value) {
      const text = bare(value);
      return (
        text === "" ||
        values.has(text) ||
        (config.blocked.only_zeros_and_dashes && ONLY_ZEROS_AND_DASHES.test(text)) ||
        prefixes.some((prefix) => text.startsWith(prefix))
      );
    },
  };
}

export const builtInRules = compileRules(BUILT_IN, 0);

/** Without spaces and quotes around it, in lower case. */
function bare(value: string): string {
  const text = value.trim();
  const quote = text[0];
  const isQuoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return (isQuoted ? text.slice(1, -1).trim() : text).toLowerCase();
}
