import type { KilimEvent } from "../collect/index.ts";
import { chooseSurvivor } from "./choose-survivor.ts";
import type { Identifier } from "./extract-identifiers.ts";
import { type Held, isKnown, isProvable, isTyped, keyOf, tellingOf } from "./held.ts";
import { judgeUnion, type Party, type Refusal } from "./judge-union.ts";
import { Meetings } from "./meetings.ts";
import type { Joined, LeftOut, Side } from "./outcome.ts";
import type { ResolutionStart } from "./resolution-start.ts";
import type { Rules } from "./rules.ts";

/** `lastSeen` moves in steps of an hour: one write per identifier and hour instead of one per event. */
const SEEN_STEP_MS = 3_600_000;

/**
 * Recognises whom each event of a batch is about, in memory and in order. Deterministic matching: no match makes a
 * person, one match adds to it, several are one person. Where that would break a rule, the event's identifiers are
 * taken from the strongest on, each that fits; those that do not are left out and stay where they are.
 */
export class Resolution {
  readonly created = new Set<string>();
  readonly merges: Joined[] = [];
  readonly added = new Map<string, Held>();
  readonly touched = new Map<string, Held>();
  /** Identifiers that went over to a stronger claim → whose they were. */
  readonly handedOver = new Map<string, string>();
  readonly leftOut: LeftOut[] = [];
  readonly meetings: Meetings;
  readonly #held: Map<string, Held>;
  readonly #ofProfile: Map<string, Held[]>;
  readonly #movedTo: Map<string, string>;
  readonly #merged: Map<string, number>;
  readonly #apart: Map<string, readonly Side[]>;
  readonly #newId: () => string;
  readonly #rules: Rules;

  constructor(start: ResolutionStart) {
    this.#rules = start.rules;
    this.#held = new Map(start.held);
    this.#ofProfile = new Map([...start.ofProfile].map(([id, held]) => [id, [...held]]));
    this.#movedTo = new Map(start.aliases);
    this.#merged = new Map(start.merged);
    this.#apart = new Map(start.apart);
    this.#newId = start.newId;
    this.meetings = new Meetings(start.rules, start.meetings ?? [], (id) => this.survivor(id));
  }

  /** The profile an event with these identifiers (strongest first) belongs to, or null when it names nobody. */
  resolve(event: KilimEvent, all: readonly Identifier[]): string | null {
    if (event.profileId !== null) return this.survivor(event.profileId);
    const known = this.#knownAlready(event, all);
    if (known !== null) return known;
    const carried = this.#usable(event, event.type === "alias" ? this.#meant(event, all) : all);
    if (carried.length === 0) return null;
    const refused: (Identifier & { reason: LeftOut["reason"] })[] = [];
    let taken = carried;
    if (this.#judge(event, carried, null) !== null) {
      taken = [];
      for (const identifier of carried) {
        const reason = this.#judge(event, [...taken, identifier], identifier);
        if (reason === null) taken = [...taken, identifier];
        else refused.push({ ...identifier, reason });
      }
    }
    const profileId = this.#join(taken, event);
    for (const { reason, ...identifier } of refused) this.#leaveOut(identifier, reason, profileId, event);
    if (carried.length < all.length) this.#noteShared(all, taken, profileId, event);
    return profileId;
  }

  /** The profile that lives on of one that may have been merged away. */
  survivor(id: string): string {
    let current = id;
    for (let next = this.#movedTo.get(current); next !== undefined; next = this.#movedTo.get(current)) current = next;
    return current;
  }

  /** The usual case, without a rule to ask: all that the event carries is one person's already. */
  #knownAlready(event: KilimEvent, all: readonly Identifier[]): string | null {
    if (event.verified || event.type === "alias") return null;
    let profileId: string | null = null;
    for (const identifier of all) {
      const held = this.#held.get(keyOf(identifier));
      if (!held || held.bridging) return null;
      const id = this.survivor(held.profileId);
      if (profileId !== null && profileId !== id) return null;
      profileId = id;
    }
    for (const identifier of all) this.#see(this.#held.get(keyOf(identifier)) as Held, event);
    return profileId;
  }

  /** What may decide whom the event is about: proof always, the shared only alone, the overused never. */
  #usable(event: KilimEvent, all: readonly Identifier[]): readonly Identifier[] {
    if (!all.some((identifier) => this.#held.get(keyOf(identifier))?.bridging)) return all;
    const kept = all.filter((identifier) => this.#held.get(keyOf(identifier))?.bridging !== "overused");
    const free = kept.filter(
      (identifier) => (event.verified && isProvable(identifier.type)) || !this.#isShared(identifier),
    );
    return free.length > 0 ? free : kept.slice(0, 1);
  }

  #isShared(identifier: Identifier): boolean {
    const held = this.#held.get(keyOf(identifier));
    return held?.bridging === "shared" && this.meetings.hasOthers(held);
  }

  /** The old id of an alias is a user's when there is such a user, else a device's. */
  #meant({ previousId, userId }: KilimEvent, all: readonly Identifier[]): readonly Identifier[] {
    if (previousId === userId) return all;
    const isUser = previousId !== null && this.#held.has(keyOf({ type: "user_id", value: previousId }));
    const other = isUser ? "anonymous_id" : "user_id";
    return all.filter(({ type, value }) => type !== other || value !== previousId);
  }

  /** Whether all of these may be one person's; `by` is the last one when those before it are known to fit. */
  #judge(event: KilimEvent, carried: readonly Identifier[], by: Identifier | null): Refusal | null {
    const matched = this.#matches(carried);
    if (by && !event.verified && this.#held.has(keyOf(by)) && carried.length > 1) {
      if (this.#matches(carried.slice(0, -1)).length === matched.length) return null;
    }
    const isNew = carried.some((identifier) => !this.#held.has(keyOf(identifier)));
    if (matched.length <= 1 && !isNew && !event.verified) return null;
    if (this.#areApart(matched)) return "separated";
    return judgeUnion({
      rules: this.#rules,
      event,
      carried,
      holderOf: (identifier) => this.#held.get(keyOf(identifier)),
      parties: matched.map((profileId) => this.#party(profileId)),
      by,
    });
  }

  /** Whether somebody has separated any two of these people. */
  #areApart(ids: readonly string[]): boolean {
    if (this.#apart.size === 0 || ids.length < 2) return false;
    const sides = ids.flatMap((id) => this.#apart.get(id) ?? []);
    return sides.some((one) => sides.some((other) => other.pair === one.pair && other.side !== one.side));
  }

  #party(profileId: string): Party {
    return {
      profileId,
      held: this.#ofProfile.get(profileId) ?? [],
      merges: this.#merged.get(profileId) ?? 0,
    };
  }

  /** The distinct profiles the identifiers lead to, that of the strongest identifier first. */
  #matches(identifiers: readonly Identifier[]): string[] {
    const found: string[] = [];
    for (const identifier of identifiers) {
      const held = this.#held.get(keyOf(identifier));
      const id = held && this.survivor(held.profileId);
      if (id !== undefined && !found.includes(id)) found.push(id);
    }
    return found;
  }

  #join(identifiers: readonly Identifier[], event: KilimEvent): string {
    const matched = this.#matches(identifiers);
    const into = this.#choose(matched);
    for (const from of matched) if (from !== into) this.#merge(from, into, identifiers);
    for (const identifier of identifiers) this.#hold(identifier, into, event);
    return into;
  }

  #choose(matched: readonly string[]): string {
    if (matched.length > 1) {
      const all = matched.map((id) => ({ id, held: this.#ofProfile.get(id) ?? [] }));
      return chooseSurvivor(this.#rules, all);
    }
    if (matched[0] !== undefined) return matched[0];
    const id = this.#newId();
    this.created.add(id);
    this.#ofProfile.set(id, []);
    return id;
  }

  #merge(from: string, into: string, all: readonly Identifier[]): void {
    const theirs = (this.#ofProfile.get(from) ?? []).map(keyOf);
    const evidence = all.filter((identifier) => this.#held.has(keyOf(identifier)));
    this.#movedTo.set(from, into);
    this.merges.push({ from, into, evidence, identifiers: theirs });
    if (this.#apart.has(from))
      this.#apart.set(into, [...(this.#apart.get(into) ?? []), ...(this.#apart.get(from) ?? [])]);
    this.#merged.set(into, (this.#merged.get(into) ?? 0) + (this.#merged.get(from) ?? 0) + 1);
    const mine = this.#ofProfile.get(into) ?? [];
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
    if (known) {
      this.#see(known, event);
      return;
    }
    const held: Held = {
      ...identifier,
      profileId,
      firstSeen: event.timestamp,
      lastSeen: event.timestamp,
      ...tellingOf(event, identifier.type),
      bridging: null,
      hasMet: false,
    };
    this.#held.set(key, held);
    this.#ofProfile.get(profileId)?.push(held);
    this.added.set(key, held);
  }

  /** It came with its own person again. A better telling (proof, or the owner's own after a typed one) is kept. */
  #see(known: Held, event: KilimEvent): void {
    const telling = tellingOf(event, known.type);
    const proves = telling.verified && !known.verified;
    const isBetter = proves || (isTyped(this.#rules, known.type, known) && !isTyped(this.#rules, known.type, telling));
    const isEarlier = event.timestamp < known.firstSeen;
    const isLater =
      event.timestamp > known.lastSeen && Date.parse(event.timestamp) >= Date.parse(known.lastSeen) + SEEN_STEP_MS;
    if (!isBetter && !isEarlier && !isLater) return;
    if (isEarlier) known.firstSeen = event.timestamp;
    if (isLater) known.lastSeen = event.timestamp;
    if (isBetter) Object.assign(known, telling);
    this.touched.set(keyOf(known), known);
  }

  #leaveOut(identifier: Identifier, reason: LeftOut["reason"], profileId: string, event: KilimEvent): void {
    this.leftOut.push({ ...identifier, profileId, at: event.receivedAt, reason });
    const held = this.#held.get(keyOf(identifier));
    if (!held || reason === "separated") return;
    const owner = this.survivor(held.profileId);
    const areKnown = [owner, profileId].every((id) => isKnown(this.#rules, this.#ofProfile.get(id) ?? []));
    if (areKnown && this.#isStrongerClaim(held, event)) this.#move(held, owner, profileId, event);
    const other = this.survivor(held.profileId) === profileId ? owner : profileId;
    if (areKnown && !this.#rules.ofType.get(held.type)?.identifies) held.bridging ??= "shared";
    this.meetings.note(held, other, event.receivedAt);
    this.touched.set(keyOf(held), held);
  }

  /** Whose an address of two known people is must not depend on what arrived first: the owner's own word, then the earlier. */
  #isStrongerClaim(held: Held, event: KilimEvent): boolean {
    if (held.verified) return false;
    const wasTyped = isTyped(this.#rules, held.type, held);
    const isTypedNow = isTyped(this.#rules, held.type, tellingOf(event, held.type));
    return wasTyped === isTypedNow ? event.timestamp < held.firstSeen : wasTyped;
  }

  #move(held: Held, from: string, into: string, event: KilimEvent): void {
    const parties = [this.#party(into)];
    if (judgeUnion({ rules: this.#rules, event, carried: [held], holderOf: () => undefined, parties, by: held }))
      return;
    const key = keyOf(held);
    if (!this.added.has(key) && !this.handedOver.has(key)) this.handedOver.set(key, from);
    this.#ofProfile.set(
      from,
      (this.#ofProfile.get(from) ?? []).filter((one) => one !== held),
    );
    this.#ofProfile.get(into)?.push(held);
    const { timestamp } = event;
    Object.assign(held, { profileId: into, firstSeen: timestamp, ...tellingOf(event, held.type) });
    if (held.lastSeen < timestamp) held.lastSeen = timestamp;
  }

  /** A shared identifier that came beside others: with its own person it is seen, with somebody else that is noted. */
  #noteShared(all: readonly Identifier[], taken: readonly Identifier[], profileId: string, event: KilimEvent): void {
    for (const identifier of all) {
      const held = this.#held.get(keyOf(identifier));
      if (held?.bridging !== "shared" || taken.includes(identifier)) continue;
      if (this.survivor(held.profileId) === profileId) this.#see(held, event);
      else if (this.meetings.note(held, profileId, event.receivedAt)) {
        this.leftOut.push({ ...identifier, profileId, at: event.receivedAt, reason: "shared" });
        this.touched.set(keyOf(held), held);
      }
    }
  }
}
