import type { Identifier } from "./extract-identifiers.ts";
import { type Held, keyOf } from "./held.ts";
import type { Rules } from "./rules.ts";

/** An identifier came with somebody it does not belong to. */
export interface Meeting extends Identifier {
  readonly profileId: string;
  readonly at: string;
}

/** An identifier has come with too many people: from now on it joins nobody. */
export interface Alarm extends Identifier {
  readonly at: string;
  readonly people: number;
}

const DAY_MS = 24 * 3_600_000;

/** Whom identifiers have come with beside their own people; counts and alarms follow from it. */
export class Meetings {
  readonly added: Meeting[] = [];
  readonly alarms: Alarm[] = [];
  readonly #rules: Rules;
  readonly #survivor: (id: string) => string;
  readonly #of = new Map<string, Map<string, string>>();

  constructor(rules: Rules, known: readonly Meeting[], survivor: (id: string) => string) {
    this.#rules = rules;
    this.#survivor = survivor;
    for (const meeting of known) this.#put(meeting);
  }

  /** Whether anybody but its own person is among those it has come with: they may have become one since. */
  hasOthers(held: Held): boolean {
    const owner = this.#survivor(held.profileId);
    return [...(this.#of.get(keyOf(held))?.keys() ?? [])].some((id) => this.#survivor(id) !== owner);
  }

  /** Notes that it came with this person; true when that is news. */
  note(held: Held, profileId: string, at: string): boolean {
    const alarm = this.#rules.ofType.get(held.type)?.alarm ?? null;
    const since = Date.parse(at) - (alarm?.days ?? 30) * DAY_MS;
    if (this.#lately(held, since).has(profileId)) return false;
    const meeting = { type: held.type, value: held.value, profileId, at };
    this.#put(meeting);
    this.added.push(meeting);
    held.hasMet = true;
    const people = this.#lately(held, since).size;
    if (alarm !== null && people > alarm.people && held.bridging !== "overused") {
      held.bridging = "overused";
      this.alarms.push({ type: held.type, value: held.value, at, people });
    }
    return true;
  }

  #put({ type, value, profileId, at }: Meeting): void {
    const key = keyOf({ type, value });
    const people = this.#of.get(key) ?? new Map<string, string>();
    this.#of.set(key, people.set(profileId, at));
  }

  /** Whom it has come with since then, beside its own person; as who they are now. */
  #lately(held: Held, since: number): Set<string> {
    const people = new Set<string>();
    for (const [id, at] of this.#of.get(keyOf(held)) ?? []) if (Date.parse(at) > since) people.add(this.#survivor(id));
    people.delete(this.#survivor(held.profileId));
    return people;
  }
}
