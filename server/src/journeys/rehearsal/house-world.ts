import type { KilimEvent } from "../../collect/index.ts";
import type { Tx } from "../../platform/db.ts";
import type { Condition } from "../../segments/contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { withheldFrom } from "../runs/first-channel.ts";
import { MADE_UP } from "./made-up-world.ts";
import type { World } from "./world.ts";

/** A person in this house, real or made up, with its segments, templates and brand. Reads only. */
export function houseWorld(tx: Tx, deps: JourneysDeps, profileId: string | null): World {
  const { imagination, segments, messages } = deps;
  const id = profileId ?? MADE_UP;
  const events: KilimEvent[] = [];
  const profile = () => imagination.profile(profileId === null ? null : tx, id, events);
  const written = new Map<string, Promise<Condition>>();
  const writtenOut = (condition: unknown) => {
    const key = JSON.stringify(condition);
    const known = written.get(key) ?? imagination.writeOut(tx, condition);
    written.set(key, known);
    return known;
  };
  const holds = async (condition: unknown, now: number) =>
    imagination.evaluate(profileId === null ? null : tx, await profile(), events, await writtenOut(condition), now);
  const names = new Map<string, string>();
  const { chooseChannel, chooseHour } = deps;
  return {
    profileId: id,
    profile,
    learnt:
      profileId === null || !chooseChannel || !chooseHour
        ? null
        : (now) => ({
            channel: async (_person, channels) => (await chooseChannel(tx, [{ profileId, channels }], now))[0] ?? null,
            hour: async (_person, bounds, channels) =>
              (await chooseHour(tx, [{ profileId, ...bounds, channels }]))[0] ?? bounds.from,
          }),
    async take(event) {
      events.push({ ...event, profileId: id });
    },
    matches: imagination.matches,
    holds,
    async inSegment(segmentId, now) {
      names.set(
        segmentId,
        names.get(segmentId) ?? (await segments.describe(tx, [segmentId])).get(segmentId)?.name ?? "",
      );
      return holds({ in_segment: segmentId }, now);
    },
    segmentName: (segmentId) => names.get(segmentId) ?? segmentId,
    channelsOf: (ids) => messages.channelsOf(tx, ids),
    async render(templateId, data) {
      const template = await messages.readTemplate(tx, templateId);
      const none = { channel: "email", template: "", language: "", subject: "", text: "", html: "" };
      if (!template) return { ...none, errors: ["there is no such template"], withheld: null };
      const now = Temporal.Instant.from(events.at(-1)?.timestamp ?? deps.clock.now().toString());
      const person = await profile();
      const made = await messages.imagine(template, { profile: person, data, now });
      const { channel, name, purpose } = template;
      return { channel, template: name, ...made, withheld: withheldFrom(person, channel, purpose) };
    },
  };
}
