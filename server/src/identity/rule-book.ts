import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { BUILT_IN } from "./built-in-rules.ts";
import type { RulesAnswer, RulesBody } from "./contracts.ts";
import { refuseIdentity } from "./errors.ts";
import { insertRules, readNewestRules } from "./queries/rules.pg.ts";
import { builtInRules, compileRules, type Rules } from "./rules.ts";

export interface RuleBookDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

const TOPIC = "identity_rules";
/** A notice can be lost with a connection: look again after this long, in real time. */
const LOOK_MS = 10_000;

/** The rules in force: read from memory at every batch, and anew when another process has changed them. */
export class RuleBook {
  readonly #deps: RuleBookDeps;
  #rules: Rules = builtInRules;
  #isFresh = false;
  #readAt = 0;
  #reading: Promise<void> | null = null;

  constructor(deps: RuleBookDeps) {
    this.#deps = deps;
    deps.bus.onChange((changes) => {
      if (changes.some(({ topic }) => topic === TOPIC)) this.#isFresh = false;
    });
  }

  async current(): Promise<Rules> {
    if (!this.#isFresh || performance.now() - this.#readAt > LOOK_MS) {
      this.#reading = this.#readAgain();
    }
    await this.#reading;
    return this.#rules;
  }

  async read(): Promise<RulesAnswer> {
    const row = await readNewestRules(this.#deps.db);
    return row
      ? { ...row.config, version: row.version, author: row.author, at: row.at }
      : { ...BUILT_IN, version: 0, author: null, at: null };
  }

  /** Keeps the rules as the next version, unless somebody else has changed them since they were read. */
  async change({ version, rules }: RulesBody, author: string): Promise<RulesAnswer> {
    const { db, clock, bus } = this.#deps;
    const newest = (await readNewestRules(db))?.version ?? 0;
    const row = { version: version + 1, config: rules, author, at: clock.now().toString() };
    if (newest !== version || !(await insertRules(db, row))) throw refuseIdentity("rules_changed");
    this.#isFresh = false;
    bus.changed(TOPIC, String(row.version), ["rules"]);
    return this.read();
  }

  async #readAgain(): Promise<void> {
    this.#isFresh = true;
    this.#readAt = performance.now();
    try {
      const row = await readNewestRules(this.#deps.db);
      const version = row?.version ?? 0;
      if (version !== this.#rules.version) this.#rules = row ? compileRules(row.config, version) : builtInRules;
    } catch (error) {
      this.#isFresh = false;
      throw error;
    }
  }
}
