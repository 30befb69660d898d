import { humanise } from "../../i18n/label.ts";
import {
  type ConsentCondition,
  type InExperimentCondition,
  type Leaf,
  type MessageCondition,
  type NearCondition,
  type RfmCondition,
  type RfmScores,
  tell,
} from "./conditions.ts";
import { fill, NOTHING, type Phrase } from "./phrase.ts";
import { sayChannels, sayDid, sayNotFollowed, saySequence } from "./say-events.ts";
import { decimalsOf, formatNumber, nameOr, sayCount, sayTest, sayWhen } from "./say-values.ts";
import type { Named, Speaker } from "./speaker.ts";

/** A condition as a sentence with places. One pattern per kind and language holds the order of its words. */
export function sayLeaf(leaf: Leaf, speaker: Speaker): Phrase {
  const told = tell(leaf);
  switch (told?.kind) {
    case "did":
      return sayDid(told.leaf, speaker);
    case "not_followed_by":
      return sayNotFollowed(told.leaf, speaker);
    case "sequence":
      return saySequence(told.leaf, speaker);
    case "trait":
      return fill(speaker.pattern("sentence.about"), {
        subject: nameOr("gap.trait", told.leaf.trait, speaker, "trait"),
        test: sayTest(told.leaf, speaker, "value"),
      });
    case "computed":
      return fill(speaker.pattern("sentence.about"), {
        subject: nameOr("gap.computed", told.leaf.computed, speaker, "computed"),
        test: sayTest(told.leaf, speaker, "value", decimalsOf(told.leaf.computed, speaker)),
      });
    case "near":
      return sayNear(told.leaf, speaker);
    case "consent":
      return sayConsent(told.leaf, speaker);
    case "in_segment":
      return fill(speaker.pattern("sentence.inSegment"), {
        name: sayId("segment", told.leaf.in_segment, speaker, "in_segment"),
      });
    case "in_list":
      return fill(speaker.pattern("sentence.inList"), { name: sayId("list", told.leaf.in_list, speaker, "in_list") });
    case "message":
      return sayMessage(told.leaf, speaker);
    case "in_journey":
      return fill(speaker.pattern("sentence.inJourney"), {
        state: [{ text: speaker.say(`journeyState.${told.leaf.state}`), slot: "state" }],
        name: sayId("journey", told.leaf.in_journey, speaker, "in_journey"),
      });
    case "in_experiment":
      return sayExperiment(told.leaf, speaker);
    case "random":
      return fill(speaker.pattern("sentence.random"), {
        percent: [{ text: percent(told.leaf.random.percent, speaker), slot: "random.percent" }],
        seed: [{ text: `“${told.leaf.random.seed}”`, slot: "random.seed" }],
      });
    case "rfm":
      return sayRfm(told.leaf, speaker);
    default:
      return [{ text: JSON.stringify(leaf), slot: "" }];
  }
}

function sayNear({ near }: NearCondition, speaker: Speaker): Phrase {
  const distance = new Intl.NumberFormat(speaker.language, {
    style: "unit",
    unit: "kilometer",
    maximumFractionDigits: 1,
  });
  const place: Phrase =
    "store" in near
      ? sayId("store", near.store, speaker, "near.store")
      : [
          {
            text: speaker.say("word.point", {
              lat: formatNumber(near.lat, speaker),
              lon: formatNumber(near.lon, speaker),
            }),
            slot: "near",
          },
        ];
  return fill(speaker.pattern("sentence.near"), { km: [{ text: distance.format(near.km), slot: "near.km" }], place });
}

function sayConsent({ consent, purpose, state }: ConsentCondition, speaker: Speaker): Phrase {
  return fill(speaker.pattern("sentence.consent"), {
    state: [{ text: speaker.say(`consentState.${state}`), slot: "state" }],
    channel: sayChannels(consent, speaker, "consent"),
    purpose: purpose === undefined ? NOTHING : [{ text: speaker.say("word.purpose", { purpose }), slot: "purpose" }],
  });
}

function sayMessage(leaf: MessageCondition, speaker: Speaker): Phrase {
  const never = leaf.count?.op === "eq" && leaf.count.value === 0;
  return fill(speaker.pattern("sentence.message"), {
    reaction: [{ text: speaker.say(`reaction.${leaf.message}.${never ? "not" : "did"}`), slot: "message" }],
    template:
      leaf.template === undefined
        ? [{ text: speaker.say("word.anyMessage"), slot: "template" }]
        : sayId("template", leaf.template, speaker, "template", "word.theMessage"),
    channel: sayChannels(leaf.channel, speaker, "channel"),
    count: never ? NOTHING : sayCount(leaf.count, speaker),
    when: sayWhen(leaf, speaker),
  });
}

function sayExperiment({ in_experiment: one }: InExperimentCondition, speaker: Speaker): Phrase {
  const kind = "journey" in one ? "journey" : "broadcast";
  const id = "journey" in one ? one.journey : one.broadcast;
  const isOpen = "journey" in one && one.node === "";
  const arm = isOpen ? speaker.say("gap.arm") : sayArm(one.arm, speaker);
  return fill(speaker.pattern(`sentence.experiment.${kind}`), {
    arm: [{ text: arm, slot: "in_experiment.arm", ...(isOpen ? { isGap: true } : {}) }],
    name: sayId(kind, id, speaker, `in_experiment.${kind}`),
  });
}

/** Whoever drew none of the variants is in the arm of this name. */
const HELD_OUT = "holdout";

export function sayArm(arm: string | undefined, speaker: Speaker): string {
  if (arm === undefined) return speaker.say("arm.any");
  return arm === HELD_OUT ? speaker.say("arm.holdout") : speaker.say("arm.variant", { name: arm });
}

/** The name of what an id points to; nobody reads an id. */
function sayId(kind: Named, id: string, speaker: Speaker, slot: string, within = "word.quoted"): Phrase {
  if (id === "") return [{ text: speaker.say(`gap.${kind}`), slot, isGap: true }];
  const name = speaker.nameOf(kind, id);
  return [{ text: name === undefined ? speaker.say(`word.some.${kind}`) : speaker.say(within, { name }), slot }];
}

function sayRfm({ rfm }: RfmCondition, speaker: Speaker): Phrase {
  if (typeof rfm === "string") {
    if (rfm === "")
      return fill(speaker.pattern("sentence.rfm"), {
        group: [{ text: speaker.say("gap.rfm"), slot: "rfm", isGap: true }],
      });
    const key = `rfmGroup.${rfm}`;
    const text = speaker.has(key) ? speaker.say(key) : humanise(rfm).toLocaleLowerCase(speaker.language);
    return fill(speaker.pattern("sentence.rfm"), { group: [{ text, slot: "rfm" }] });
  }
  return fill(speaker.pattern("sentence.rfmScores"), { scores: [{ text: scoresText(rfm, speaker), slot: "rfm" }] });
}

const SIDES = ["recency", "frequency", "monetary"] as const satisfies readonly (keyof RfmScores)[];

function scoresText(scores: RfmScores, speaker: Speaker): string {
  const sides = SIDES.flatMap((side) => {
    const wanted = scores[side];
    return wanted && wanted.length > 0 && wanted.length < 5
      ? [`${speaker.say(`rfmSide.${side}`)} ${[...wanted].sort().join("/")}`]
      : [];
  });
  return sides.length === 0 ? speaker.say("word.anyScore") : sides.join(", ");
}

function percent(value: number, speaker: Speaker): string {
  return new Intl.NumberFormat(speaker.language, { style: "percent", maximumFractionDigits: 2 }).format(value / 100);
}
