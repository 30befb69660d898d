import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { RehearsalAnswer, RehearsalBody, RehearsedEvent } from "./contracts.ts";
import { extractIdentifiers } from "./extract-identifiers.ts";
import { Resolution } from "./resolve-events.ts";
import { compileRules, type Rules } from "./rules.ts";

/** Who would be whom if these events were the first ever: by the rules in force or those given. Nothing is kept. */
export function rehearse(clock: Clock, inForce: Rules, { events, rules: given }: RehearsalBody): RehearsalAnswer {
  const rules = given ? compileRules(given, inForce.version) : inForce;
  let made = 0;
  const resolution = new Resolution({
    rules,
    held: new Map(),
    ofProfile: new Map(),
    aliases: new Map(),
    newId: () => String(++made).padStart(6, "0"),
  });
  const told = events.map((sent, i) => {
    const event = toEvent(clock, sent, i);
    const before = resolution.leftOut.length;
    const profileId = resolution.resolve(event, extractIdentifiers(event, rules));
    const leftOut = resolution.leftOut.slice(before).map(({ type, value, reason }) => ({ type, value, reason }));
    return { profileId, leftOut };
  });
  const ids = told.map(({ profileId }) => (profileId === null ? null : resolution.survivor(profileId)));
  const people = [...new Set(ids.filter((id) => id !== null))];
  return {
    people: people.map((person) => ({
      events: ids.flatMap((id, i) => (id === person ? [i] : [])),
      identifiers: [...resolution.added.values()]
        .filter(({ profileId }) => resolution.survivor(profileId) === person)
        .map(({ type, value, verified, bridging }) => ({ type, value, verified, bridging })),
    })),
    events: told.map(({ leftOut }, i) => {
      const id = ids[i] ?? null;
      return { person: id === null ? null : people.indexOf(id), left_out: leftOut };
    }),
    alarms: resolution.meetings.alarms.map(({ type, value, people: n }) => ({ type, value, people: n })),
  };
}

function toEvent(clock: Clock, sent: RehearsedEvent, i: number): KilimEvent {
  const text = (id: string | number | null | undefined) =>
    id === undefined || id === null ? null : String(id).trim() || null;
  const at = sent.timestamp ? new Date(sent.timestamp).toISOString() : undefined;
  return newEvent(clock, {
    messageId: `rehearsal-${i}`,
    source: "rehearsal",
    type: sent.type,
    name: sent.event ?? sent.type,
    userId: text(sent.userId),
    anonymousId: text(sent.anonymousId),
    previousId: text(sent.previousId),
    verified: sent.verified,
    channel: sent.channel,
    traits: sent.traits,
    properties: sent.properties,
    context: sent.context,
    ...(at ? { timestamp: at, receivedAt: at } : {}),
  });
}
