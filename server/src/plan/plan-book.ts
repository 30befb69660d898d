import type { KilimEvent, PlanCheck } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Db } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import { type Check, compileSchema, type Fault } from "./compile-schema.ts";
import type { PlanRules } from "./contracts.ts";
import { type ActivePlan, readActivePlans, readRules } from "./queries/plan.pg.ts";
import type { ViolationLog } from "./violation-log.ts";

/** A notice can be lost with a connection: look for yourself after this long. */
const LOOK_MS = 10_000;

/** The plan in memory: read at start and after each change, compiled at the first event of a name. */
export class PlanBook {
  readonly #db: Db;
  readonly #log: Log;
  readonly #violations: ViolationLog;
  readonly #stopListening: () => void;
  readonly #looking: NodeJS.Timeout;
  #plans = new Map<string, ActivePlan>();
  #checks = new Map<string, Check>();
  #unplanned: PlanRules["unplanned"] = "allow";
  #revision = -1;
  #isIdle = true;
  #loading: Promise<void> = Promise.resolve();

  constructor(deps: { readonly db: Db; readonly bus: Bus; readonly log: Log }, violations: ViolationLog) {
    this.#db = deps.db;
    this.#log = deps.log;
    this.#violations = violations;
    this.#stopListening = deps.bus.onChange((changes) => {
      if (changes.some(({ topic, id }) => topic === "plan" && id === "all")) void this.load();
    });
    this.#looking = setInterval(() => void this.load(), LOOK_MS).unref();
  }

  close(): void {
    clearInterval(this.#looking);
    this.#stopListening();
  }

  /** Reads the plan again if it has changed; while the database is away the last one known holds. */
  load(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#read()).catch(() => {});
    return this.#loading;
  }

  readonly check: PlanCheck = (event) => {
    if (this.#isIdle) return null;
    const plan = this.#plans.get(event.name);
    if (!plan) return this.#checkUnplanned(event);
    if (plan.mode === "off") return null;
    const faults = this.#faultsOf(plan, event);
    const [first] = faults;
    if (!first) return null;
    const isBlocked = plan.mode === "block";
    this.#violations.note(event, faults, isBlocked);
    if (!isBlocked) return null;
    return {
      code: "plan_violation",
      message: `${first.path} ${first.message}`.trim(),
      field: first.path,
      messageId: event.messageId,
    };
  };

  #checkUnplanned(event: KilimEvent) {
    if (this.#unplanned === "allow") return null;
    const isBlocked = this.#unplanned === "block";
    this.#violations.note(event, [{ path: "", rule: "unplanned", message: "has no plan" }], isBlocked);
    if (!isBlocked) return null;
    const message = `The plan has no event ${event.name}.`;
    return { code: "unplanned_event", message, field: "event", messageId: event.messageId } as const;
  }

  #faultsOf(plan: ActivePlan, event: KilimEvent): readonly Fault[] {
    try {
      const part = checkedPart(event);
      return this.#checkOf(plan)(event[part]).map((fault) => ({ ...fault, path: within(part, fault.path) }));
    } catch (error) {
      this.#log.warn({ err: error, event: plan.name }, "a plan could not be checked; the event went in");
      return [];
    }
  }

  #checkOf(plan: ActivePlan): Check {
    const known = this.#checks.get(plan.name);
    if (known) return known;
    const compiled = compileSchema(plan.schema);
    const check: Check = "check" in compiled ? compiled.check : () => [];
    this.#checks.set(plan.name, check);
    return check;
  }

  async #read(): Promise<void> {
    const { unplanned, revision } = await readRules(this.#db);
    if (revision === this.#revision) return;
    const plans = await readActivePlans(this.#db);
    this.#plans = new Map(plans.map((plan) => [plan.name, plan]));
    this.#checks = new Map();
    this.#unplanned = unplanned;
    this.#revision = revision;
    this.#isIdle = unplanned === "allow" && plans.every((plan) => plan.mode === "off");
  }
}

/** The part of an event that its schema describes. */
export function checkedPart({ type }: Pick<KilimEvent, "type">): "properties" | "traits" {
  return type === "identify" || type === "group" ? "traits" : "properties";
}

export function within(part: string, path: string): string {
  if (path === "") return part;
  return path.startsWith("[") ? part + path : `${part}.${path}`;
}
