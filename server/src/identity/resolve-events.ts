import type { KilimEvent } from "../collect/index.ts";
import { isJsonObject } from "../platform/json.ts";
import type { Identifier } from "./extract-identifiers.ts";
import type { IdentifierRule, Rules } from "./rules.ts";

/** An identifier as it belongs to a profile. Times are RFC 3339 UTC. */
export interface Held extends Identifier {
  profileId: string;
  firstSeen: string;
  lastSeen: string;
  verified: boolean;
  source: string;
}

export interface Demotion extends Identifier {
  readonly profileId: string;
  readonly at: string;
  readonly reason: "limit" | "verified_conflict" | "separated";
}

/** Two people become one: whose identifiers led to it, and which were the vanishing one's own until then. */
export interface Joined {
  readonly from: string;
  readonly into: string;
  readonly evidence: readonly Identifier[];
  readonly identifiers: readonly string[];
}

/** One side of two people who were separated and must not meet again by themselves. */
export interface Side {
  readonly pair: string;
  readonly side: number;
}

export interface ResolutionStart {
  readonly rules: Rules;
  /** `type:value` → whose it is. */
  readonly held: ReadonlyMap<string, Held>;
  /** All identifiers of the profiles that events of this batch may change. */
  readonly ofProfile: ReadonlyMap<string, readonly Held[]>;
  /** An old profile id → the one that lives on. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Profiles of this batch that somebody has separated from others. */
  readonly apart?: ReadonlyMap<string, readonly Side[]>;
  readonly newId: () => string;
}

/** `lastSeen` moves in steps of an hour: one write per identifier and hour instead of one per event. */
const SEEN_STEP_MS = 3_600_000;

export function keyOf(identifier: Identifier): string {
  return `${identifier.type}:${identifier.value}`;
}

/**
 * Recognises whom each event of a batch is about, in memory and in order. Deterministic matching as in Segment Unify:
 * no match makes a person, one match adds to it, several are one person; where that would pass a limit, the event's
 * weakest identifier is left out and the rest is tried again.
 */
export class Resolution {
  readonly created = new Set<string>();
  readonly merges: Joined[] = [];
  readonly added = new Map<string, Held>();
  readonly touched = new Map<string, Held>();
  readonly demotions: Demotion[] = [];
  readonly #held: Map<string, Held>;
  readonly #ofProfile: Map<string, Held[]>;
  readonly #movedTo: Map<string, string>;
  readonly #apart: Map<string, readonly Side[]>;
  readonly #newId: () => string;
  readonly #rules: Rules;

  constructor(start: ResolutionStart) {
    this.#rules = start.rules;
    this.#held = new Map(start.held);
    this.#ofProfile = new Map([...start.ofProfile].map(([id, held]) => [id, [...held]]));
    this.#movedTo = new Map(start.aliases);
    this.#apart = new Map(start.apart);
    this.#newId = start.newId;
  }

  /** The profile an event with these identifiers (strongest first) belongs to, or null when it names nobody. */
  resolve(event: KilimEvent, all: readonly Identifier[]): string | null {
    if (event.profileId !== null) return this.survivor(event.profileId);
    let identifiers = all;
    while (identifiers.length > 0) {
      const matched = this.#matches(identifiers);
      const conflict = this.#conflict(identifiers, matched, event);
      if (conflict === null) return this.#join(identifiers, matched, event);
      const dropped = this.#weakest(identifiers, matched, conflict);
      identifiers = identifiers.filter((identifier) => identifier !== dropped);
      const owner = matched[0] ?? "";
      this.demotions.push({ ...dropped, profileId: owner, at: event.receivedAt, reason: conflict });
    }
    return null;
  }

  /** The profile that lives on of one that may have been merged away. */
  survivor(id: string): string {
    let current = id;
    for (let next = this.#movedTo.get(current); next !== undefined; next = this.#movedTo.get(current)) current = next;
    return current;
  }

  /** The distinct profiles the identifiers lead to, that of the strongest identifier first. */
  #matches(identifiers: readonly Identifier[]): string[] {
    const found = new Set<string>();
    for (const identifier of identifiers) {
      const held = this.#held.get(keyOf(identifier));
      if (held) found.add(this.survivor(held.profileId));
    }
    return [...found];
  }

  /** Of those who were separated, the identifier that leads away from the strongest's person; else the very weakest. */
  #weakest(identifiers: readonly Identifier[], matched: readonly string[], conflict: Demotion["reason"]): Identifier {
    const leadsAway = (identifier: Identifier) => {
      const held = this.#held.get(keyOf(identifier));
      return held !== undefined && this.survivor(held.profileId) !== matched[0];
    };
    const away = conflict === "separated" ? identifiers.findLast(leadsAway) : undefined;
    return away ?? (identifiers.at(-1) as Identifier);
  }

  /** Whether somebody has separated any two of these people. */
  #areApart(ids: readonly string[]): boolean {
    if (this.#apart.size === 0 || ids.length < 2) return false;
    const sides = ids.flatMap((id) => this.#apart.get(id) ?? []);
    return sides.some((one) => sides.some((other) => other.pair === one.pair && other.side !== one.side));
  }

  #conflict(
    identifiers: readonly Identifier[],
    matched: readonly string[],
    event: KilimEvent,
  ): Demotion["reason"] | null {
    const isNew = identifiers.some((identifier) => !this.#held.has(keyOf(identifier)));
    if (matched.length === 0 || (matched.length === 1 && !isNew && !event.verified)) return null;
    if (this.#areApart(matched)) return "separated";
    const union = new Map<string, Pick<Held, "type" | "value" | "firstSeen" | "verified">>();
    for (const id of matched) for (const held of this.#ofProfile.get(id) ?? []) union.set(keyOf(held), held);
    for (const identifier of identifiers) {
      const known = union.get(keyOf(identifier));
      const proves = event.verified && isProven(identifier.type);
      if (!known) union.set(keyOf(identifier), { ...identifier, firstSeen: event.receivedAt, verified: proves });
      else if (proves) union.set(keyOf(identifier), { ...known, verified: true });
    }
    return judge(
      this.#rules,
      [...union.values()],
      matched.map((id) => this.#ofProfile.get(id) ?? []),
      event.receivedAt,
    );
  }

  #join(identifiers: readonly Identifier[], matched: readonly string[], event: KilimEvent): string {
    const into = this.#choose(matched);
    for (const from of matched) if (from !== into) this.#merge(from, into, identifiers);
    for (const identifier of identifiers) this.#hold(identifier, into, event);
    return into;
  }

  #choose(matched: readonly string[]): string {
    if (matched.length > 1)
      return [...matched].sort((a, b) => this.#strength(a) - this.#strength(b) || (a < b ? -1 : 1))[0] as string;
    if (matched[0] !== undefined) return matched[0];
    const id = this.#newId();
    this.created.add(id);
    this.#ofProfile.set(id, []);
    return id;
  }

  #strength(id: string): number {
    return Math.min(
      ...(this.#ofProfile.get(id) ?? []).map((held) => this.#rules.ofType.get(held.type)?.priority ?? 99),
      99,
    );
  }

  #merge(from: string, into: string, all: readonly Identifier[]): void {
    const mine = this.#ofProfile.get(into) ?? [];
    const theirs = (this.#ofProfile.get(from) ?? []).map(keyOf);
    const evidence = all.filter((identifier) => this.#held.has(keyOf(identifier)));
    this.#movedTo.set(from, into);
    this.merges.push({ from, into, evidence, identifiers: theirs });
    if (this.#apart.has(from))
      this.#apart.set(into, [...(this.#apart.get(into) ?? []), ...(this.#apart.get(from) ?? [])]);
    for (const held of this.#ofProfile.get(from) ?? []) {
      held.profileId = into;
      mine.push(held);
    }
    this.#ofProfile.set(into, mine);
    this.#ofProfile.delete(from);
  }

  #hold(identifier: Identifier, profileId: string, event: KilimEvent): void {
    const key = keyOf(identifier);
    const known = this.#held.get(key);
    const proves = event.verified && isProven(identifier.type);
    if (known) {
      known.profileId = profileId;
      const isLater = Date.parse(event.timestamp) >= Date.parse(known.lastSeen) + SEEN_STEP_MS;
      if (event.timestamp < known.firstSeen || isLater || (proves && !known.verified)) {
        if (event.timestamp < known.firstSeen) known.firstSeen = event.timestamp;
        if (isLater) known.lastSeen = event.timestamp;
        known.verified ||= proves;
        this.touched.set(key, known);
      }
      return;
    }
    const held: Held = {
      ...identifier,
      profileId,
      firstSeen: event.timestamp,
      lastSeen: event.timestamp,
      verified: proves,
      source: sourceOf(event),
    };
    this.#held.set(key, held);
    this.#ofProfile.get(profileId)?.push(held);
    this.added.set(key, held);
  }
}

/** A file's events share one source by kind, so that orders and refunds of several files meet; its identifiers name the import. */
function sourceOf({ source, context }: KilimEvent): string {
  const mark = source.startsWith("import:") ? context.import : undefined;
  return isJsonObject(mark) && typeof mark.id === "string" ? `import:${mark.id}` : source;
}

/** A device's own id is never proof of a person. */
function isProven(type: string): boolean {
  return type === "email" || type === "phone" || type === "user_id" || type === "loyalty_id";
}

type Weighed = Pick<Held, "type" | "value" | "firstSeen" | "verified">;

/**
 * Which rule a person holding all of these would break, else null. What one of the people who meet here has already
 * beyond a limit (somebody joined them by hand) is theirs to keep and forbids them nothing new of another kind.
 */
function judge(
  rules: Rules,
  union: readonly Weighed[],
  own: readonly (readonly Weighed[])[],
  now: string,
): Demotion["reason"] | null {
  const isNew = (count: (held: readonly Weighed[]) => number) => !own.some((held) => count(held) >= count(union));
  for (const rule of rules.ofType.values()) {
    const proven = (held: readonly Weighed[]) => held.filter((h) => h.type === rule.type && h.verified).length;
    if (proven(union) > 1 && isNew(proven)) return "verified_conflict";
    const within = (held: readonly Weighed[]) =>
      held.filter((h) => h.type === rule.type && isInWindow(h.firstSeen, rule, now)).length;
    if (within(union) > rule.limit && isNew(within)) return "limit";
  }
  return null;
}

function isInWindow(firstSeen: string, rule: IdentifierRule, now: string): boolean {
  return rule.windowMs === null || Date.parse(firstSeen) > Date.parse(now) - rule.windowMs;
}
