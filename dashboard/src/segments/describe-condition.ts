import { useCallback } from "react";

import type { Condition } from "./segment-tree.ts";
import { textOf } from "./sentences/phrase.ts";
import { sayLeaf } from "./sentences/say-leaf.ts";
import { type Speaker, useSpeaker } from "./sentences/speaker.ts";

/** A definition in the reader's words, for lists, edges of a canvas and screen readers. */
export function describeCondition(condition: Condition, speaker: Speaker): string {
  const { kind, children } = read(condition);
  if (kind === "leaf") return textOf(sayLeaf(condition, speaker));
  if (kind === "not")
    return speaker.say("sentence.not", { what: children.map((one) => describeCondition(one, speaker)).join("") });
  const word = speaker.say(kind === "all" ? "sentence.and" : "sentence.or");
  return children
    .map((child) => {
      const isGroup = ["all", "any"].includes(read(child).kind) && read(child).children.length > 1;
      return isGroup ? `(${describeCondition(child, speaker)})` : describeCondition(child, speaker);
    })
    .join(` ${word} `);
}

function read(condition: Condition): { kind: "all" | "any" | "not" | "leaf"; children: readonly Condition[] } {
  if ("all" in condition) return { kind: "all", children: condition.all as readonly Condition[] };
  if ("any" in condition) return { kind: "any", children: condition.any as readonly Condition[] };
  if ("not" in condition) return { kind: "not", children: [condition.not as Condition] };
  return { kind: "leaf", children: [] };
}

/** `conditions`: whatever will be described, so that the names of what it points to are known. */
export function useDescribeCondition(conditions: unknown): (condition: Condition) => string {
  const speaker = useSpeaker(conditions);
  return useCallback((condition) => describeCondition(condition, speaker), [speaker]);
}
