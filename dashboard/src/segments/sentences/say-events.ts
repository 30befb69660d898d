import type { DidCondition, EventFilter, NotFollowedCondition, Period, SequenceCondition, Step } from "./conditions.ts";
import { fill, joinWith, NOTHING, type Phrase } from "./phrase.ts";
import {
  formatNumber,
  keyOf,
  nameOr,
  sayCount,
  sayDate,
  sayDuration,
  sayPeriod,
  sayWhen,
  sayWhere,
} from "./say-values.ts";
import type { Speaker } from "./speaker.ts";

/** "placed an order", "did not place an order"; an event nobody has words for is quoted. */
export function sayDeed(event: string, speaker: Speaker, isNot = false): string {
  const form = isNot ? "not" : "did";
  const key = `deed.${keyOf(event)}.${form}`;
  return speaker.has(key) ? speaker.say(key) : speaker.say(`deed.other.${form}`, { event });
}

export function isNever({ count }: DidCondition): boolean {
  return (count?.op === "eq" && count.value === 0) || (count?.op === "lt" && count.value === 1);
}

export function sayDid(leaf: DidCondition, speaker: Speaker): Phrase {
  const never = isNever(leaf);
  const places = placesOf(leaf, speaker, "", never);
  if (leaf.sum) {
    const { property, op, value } = leaf.sum;
    return fill(speaker.pattern("sentence.sum"), {
      ...places,
      when: sayWhen(leaf, speaker),
      property: nameOr("gap.property", property, speaker, "sum.property"),
      sum: [{ text: speaker.say(`amount.${op}`, { number: formatNumber(value, speaker) }), slot: "sum.value" }],
    });
  }
  const edge = leaf.last ? "last" : leaf.first ? "first" : null;
  if (edge) {
    const { op = "within_last", value = "" } = leaf[edge] ?? {};
    const words = sayEdge(op, value, speaker);
    return fill(speaker.pattern(`sentence.${edge}`), {
      ...places,
      edge: [{ text: speaker.say(`edge.${op}`, { value: words }), slot: `${edge}.value` }],
    });
  }
  return fill(speaker.pattern("sentence.did"), {
    ...places,
    count: never ? NOTHING : sayCount(leaf.count, speaker),
    when: sayWhen(leaf, speaker),
  });
}

export function sayNotFollowed(leaf: NotFollowedCondition, speaker: Speaker): Phrase {
  return fill(speaker.pattern("sentence.notFollowed"), {
    ...placesOf(leaf, speaker, ""),
    for: [{ text: sayDuration(leaf.for, speaker), slot: "for" }],
    others: sayNone(leaf.not_followed_by, speaker, "not_followed_by"),
  });
}

export function saySequence(leaf: SequenceCondition, speaker: Speaker): Phrase {
  const steps = leaf.sequence.flatMap((step, index) => [
    ...(index === 0 ? NOTHING : sayThen(step, speaker, index)),
    ...fill(speaker.pattern("sentence.step"), placesOf(step, speaker, `sequence.${index}.`)),
  ]);
  return fill(speaker.pattern("sentence.sequence"), {
    steps,
    within: [{ text: sayDuration(leaf.within, speaker), slot: "within" }],
  });
}

function sayThen(step: Step, speaker: Speaker, index: number): Phrase {
  if (!step.without?.length) return [{ text: speaker.say("sentence.next") }];
  const without = sayNone(step.without, speaker, `sequence.${index}.without`);
  // The pattern ends where the step begins.
  return [...fill(speaker.pattern("sentence.nextWithout"), { without }), { text: " " }];
}

/** "did not place an order and did not …", as one place. */
function sayNone(events: readonly string[], speaker: Speaker, slot: string): Phrase {
  const named = events.filter((event) => event !== "");
  if (named.length === 0) return [{ text: speaker.say("gap.event"), slot, isGap: true }];
  const deeds = named.map((event) => [{ text: sayDeed(event, speaker, true) }]);
  return [
    {
      text: joinWith(deeds, ` ${speaker.say("sentence.and")} `)
        .map((part) => part.text)
        .join(""),
      slot,
    },
  ];
}

function placesOf(filter: EventFilter, speaker: Speaker, at: string, isNot = false): Record<string, Phrase> {
  const { did, channel, where } = filter;
  const slot = `${at}did`;
  return {
    deed:
      did === ""
        ? [{ text: speaker.say("gap.event"), slot, isGap: true }]
        : [{ text: sayDeed(did, speaker, isNot), slot }],
    channel: sayChannels(channel, speaker, `${at}channel`),
    where: sayWhere(where, speaker, at),
  };
}

/** "in a store or in the app". */
export function sayChannels(channel: string | readonly string[] | undefined, speaker: Speaker, slot: string): Phrase {
  if (channel === undefined) return NOTHING;
  const names = [channel].flat().map((one) => (speaker.has(`via.${one}`) ? speaker.say(`via.${one}`) : one));
  return [{ text: names.join(` ${speaker.say("sentence.or")} `), slot }];
}

function sayEdge(op: string, value: string | Period, speaker: Speaker): string {
  if (typeof value === "object" || op === "during") return sayPeriod(value as Period, speaker);
  return op.includes("within") ? sayDuration(value, speaker) : sayDate(value, speaker);
}
