import type { Condition, Leaf, WarningCode } from "../contracts.ts";
import { claimsOf, type Exclusion, exclusionOf, type Literal, neverHolds } from "./claims.ts";
import { describeLiteral, describeTest } from "./describe.ts";
import { clashIn } from "./where.ts";

export interface Warning {
  readonly path: string;
  readonly code: WarningCode;
  /** Where the condition stands that goes ill with the one at `path`. */
  readonly other?: string;
  /** What is written nearly alike and is there. */
  readonly known?: string;
  /** The same in English words. */
  readonly message: string;
}

/** What was found out about a group of conditions, or about a single one. */
export interface Finding extends Warning {
  /** Where the part stands whose answer is always the same. */
  readonly part: string;
  readonly always: boolean;
  /** `several_values`: so of everybody who has at most one value in each place. */
  readonly exclusion: Exclusion;
}

/** Writes inner segments and foreign conditions out. */
type Write = (condition: Condition) => Condition;

const MOST_WARNINGS = 20;
/** Of more conditions in one group each is compared with this many before it: somebody is typing. */
const MOST_COMPARED = 100;

/**
 * Conditions that exclude each other, so that a group holds for nobody, or for everybody. A warning is always right;
 * that there is none proves nothing.
 */
export function findWarnings(definition: Condition, write: Write): Warning[] {
  const findings = findContradictions(definition, write).slice(0, MOST_WARNINGS);
  return findings.map(({ path, code, other, message }) => ({ path, code, ...(other && { other }), message }));
}

export function findContradictions(definition: Condition, write: Write = (condition) => condition): Finding[] {
  const findings: Finding[] = [];
  const isNever = visit({ node: definition, path: "definition", holds: true }, write, findings);
  if (isNever && !findings.some(({ part }) => part === "definition"))
    findings.push({
      path: "definition",
      part: "definition",
      always: false,
      exclusion: "nobody",
      code: "nobody_ever",
      message: "nobody can ever be in this segment",
    });
  return findings;
}

/** A part of a definition, and whether the whole asks it to hold or, under a `not`, not to. */
interface Part {
  readonly node: Condition;
  readonly path: string;
  readonly holds: boolean;
}
interface PlacedLiteral extends Literal {
  readonly path: string;
}

/** Looks at a part and everything in it; gives whether it surely never is as it is asked to be. */
function visit(given: Part, write: Write, findings: Finding[]): boolean {
  const part = withoutNot(given);
  const kind = kindOf(part);
  const { literals, others } = gather(part, kind, write);
  const isNeverAlone = literals.map((literal) => judgeAlone(literal, findings));
  const excluded = excludedPairs(literals, kind);
  for (const pair of excluded) findings.push(findingOf(pair, part, kind));
  const isNeverInside = others.map((other) => visit(other, write, findings));
  if (kind === "all")
    return (
      excluded.some(({ exclusion }) => exclusion === "nobody") || [...isNeverAlone, ...isNeverInside].includes(true)
    );
  return literals.length + others.length > 0 && ![...isNeverAlone, ...isNeverInside].includes(false);
}

function withoutNot({ node, path, holds }: Part): Part {
  return "not" in node ? withoutNot({ node: node.not, path: `${path}.not`, holds: !holds }) : { node, path, holds };
}

/** "Not any of these" asks all of them not to hold. A single condition is an `all` of one. */
function kindOf({ node, holds }: Part): "all" | "any" {
  return (holds ? "any" in node : "all" in node) ? "any" : "all";
}

/** The single conditions of a group, with those of groups of its kind directly in it, and the other groups. */
function gather(part: Part, kind: "all" | "any", write: Write): { literals: PlacedLiteral[]; others: Part[] } {
  const literals: PlacedLiteral[] = [];
  const others: Part[] = [];
  const add = (given: Part, isWritten: boolean): void => {
    const { node, holds, path: inside } = withoutNot(given);
    // The author has written none of what a condition was written out to: its places are that condition's.
    const path = isWritten ? given.path : inside;
    if ("all" in node || "any" in node) {
      if (kindOf({ node, path, holds }) !== kind) {
        // What an inner segment says is told where that one is made.
        if (!isWritten) others.push({ node, path, holds });
        return;
      }
      for (const [index, child] of ("all" in node ? node.all : node.any).entries())
        add(
          { node: child, path: isWritten ? path : `${path}.${"all" in node ? "all" : "any"}.${index}`, holds },
          isWritten,
        );
      return;
    }
    const leaf = node as Leaf;
    const meant = isWritten ? leaf : write(leaf);
    const isGroup = "all" in meant || "any" in meant || "not" in meant;
    literals.push({ leaf: isGroup ? leaf : meant, holds, path });
    if (isGroup) add({ node: meant, path, holds }, true);
  };
  add(part, false);
  return { literals, others };
}

/** Tells of a condition that can never hold, or that always does; gives whether it never is as it is asked to be. */
function judgeAlone({ leaf, holds, path }: PlacedLiteral, findings: Finding[]): boolean {
  const clash = clashIn(leaf);
  if (clash) {
    const { always, exclusion, tests } = clash;
    const message = SAID.event_never_passes(describeTest(tests[0]), describeTest(tests[1]), exclusion);
    const [at, other] = [`${path}.${clash.path}`, `${path}.${clash.other}`];
    findings.push({ path: at, other, part: path, always, exclusion, code: "event_never_passes", message });
    return exclusion === "nobody" && always !== holds;
  }
  for (const always of [false, true]) {
    if (!neverHolds({ leaf, holds: !always })) continue;
    const message = `${describeLiteral({ leaf, holds: true })} ${always ? "holds for everybody" : "can never hold"}`;
    const code = always ? "always_holds" : "never_holds";
    findings.push({ path, part: path, always, exclusion: "nobody", code, message });
    return always !== holds;
  }
  return false;
}

interface Pair {
  readonly literal: PlacedLiteral;
  readonly other: PlacedLiteral;
  readonly exclusion: Exclusion;
}

/** Each condition with the first before it that it excludes, in an `any` with the first that excludes its opposite. */
function excludedPairs(literals: readonly PlacedLiteral[], kind: "all" | "any"): Pair[] {
  const claims = literals.map(({ leaf, holds }) => claimsOf({ leaf, holds: kind === "all" ? holds : !holds }));
  return literals.flatMap((literal, index) => {
    const own = claims[index];
    for (let before = Math.max(0, index - MOST_COMPARED); before < index; before++) {
      const [other, theirs] = [literals[before], claims[before]];
      if (!own || !other || !theirs || other.path === literal.path) continue;
      const exclusion = exclusionOf(own, theirs);
      if (exclusion === "nobody" || (exclusion !== null && kind === "all")) return [{ literal, other, exclusion }];
    }
    return [];
  });
}

function findingOf({ literal, other, exclusion }: Pair, part: Part, kind: "all" | "any"): Finding {
  const code = kind === "any" ? "everybody" : exclusion === "nobody" ? "exclusive" : "exclusive_but_for_several";
  return {
    path: literal.path,
    other: other.path,
    part: part.path,
    always: (kind === "any") === part.holds,
    exclusion,
    code,
    message: SAID[code](describeLiteral(literal), `${describeLiteral(other)} (${other.path})`),
  };
}

const SAID = {
  event_never_passes: (a: string, b: string, exclusion: Exclusion) =>
    `${a} and ${b}: no event can be both${exclusion === "nobody" ? "" : ", unless it has several values there"}`,
  everybody: (a: string, b: string) => `${a} or ${b}: that is everybody`,
  exclusive: (a: string, b: string) => `${a} and ${b} exclude each other: nobody can be both`,
  exclusive_but_for_several: (a: string, b: string) =>
    `${a} and ${b} exclude each other, unless somebody has several values there`,
};
