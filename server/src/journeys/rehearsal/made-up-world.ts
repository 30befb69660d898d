import type { KilimEvent } from "../../collect/index.ts";
import type { Condition } from "../../segments/contracts.ts";
import type { Imagination } from "../deps.ts";
import type { JourneyFile } from "../files/file-shape.ts";
import { withheldFrom } from "../runs/first-channel.ts";
import type { World } from "./world.ts";

export const MADE_UP = "00000000-0000-7000-8000-0000000000aa";

/** Somebody who does not exist, in a world that knows nothing but a journey's own file: segments and templates by key. */
export function madeUpWorld(imagination: Imagination, file: JourneyFile): World {
  const events: KilimEvent[] = [];
  const profile = () => imagination.profile(null, MADE_UP, events);
  const evaluate = async (condition: unknown, now: number) =>
    imagination.evaluate(
      null,
      await profile(),
      events,
      await imagination.writeOut(null, inlined(condition, file)),
      now,
    );
  return {
    profileId: MADE_UP,
    profile,
    learnt: null,
    async take(event) {
      events.push(event);
    },
    matches: imagination.matches,
    holds: evaluate,
    async inSegment(id, now) {
      const segment = file.segments[keyOf(id)];
      return segment ? evaluate(segment.definition, now) : { holds: false, until: null };
    },
    segmentName: (id) => file.segments[keyOf(id)]?.name ?? id,
    channelsOf: async (ids) =>
      new Map(
        ids.flatMap((id) => (file.templates[keyOf(id)] ? [[file.templates[keyOf(id)]?.channel ?? "email", id]] : [])),
      ),
    async render(id, data) {
      const template = file.templates[keyOf(id)];
      const key = keyOf(id);
      const nowOf = () => Temporal.Instant.from(events.at(-1)?.timestamp ?? "2026-01-01T00:00:00Z");
      const none = { channel: "email", template: key, language: "", subject: "", text: "", html: "" };
      if (!template) return { ...none, errors: ["there is no such template"], withheld: null };
      const whole = { ...template, channel: template.channel ?? "email" };
      const person = await profile();
      const made = await imagination.render(whole, { profile: person, data, now: nowOf() });
      const { channel, purpose } = whole;
      return { channel, template: key, ...made, withheld: withheldFrom(person, channel, purpose) };
    },
  };
}

/** `@segment:cart` → `cart`. */
export function keyOf(reference: string): string {
  return reference.slice(reference.indexOf(":") + 1);
}

/** `{ in_segment: "@segment:cart" }` as what that segment says. */
function inlined(condition: unknown, file: JourneyFile): Condition {
  if (Array.isArray(condition)) return condition.map((one) => inlined(one, file)) as unknown as Condition;
  if (typeof condition !== "object" || condition === null) return condition as Condition;
  if ("in_segment" in condition && typeof condition.in_segment === "string") {
    const named = file.segments[keyOf(condition.in_segment)];
    return named ? inlined(named.definition, file) : { any: [] };
  }
  return Object.fromEntries(
    Object.entries(condition).map(([key, value]) => [key, key === "value" ? value : inlined(value, file)]),
  ) as unknown as Condition;
}
