import { kilometresBetween } from "../../platform/distance.ts";
import type { EventFilter, Leaf, PropertyTest } from "../contracts.ts";
import { canonical } from "../predicates/canonical.ts";
import { boundOf } from "../predicates/edge.ts";
import { filterKey } from "../predicates/event-filter.ts";
import { areCountsApart, type CountClaim, countClaims } from "./counts.ts";
import { areApart, beside, claimOfTest, isWithin, type Passing, type ValueClaim } from "./values.ts";

/** A leaf, and whether it holds or does not. */
export interface Literal {
  readonly leaf: Leaf;
  readonly holds: boolean;
}

/** How surely two literals exclude each other: nobody, or only somebody who has several values in one place. */
export type Exclusion = "nobody" | "several_values";

/** What Kilim computes is one value each; traits may be lists. */
const LISTS = ["recently_viewed", "sizes", "channels"];

/** A literal with what it claims; made once, compared with many. */
export interface Claims {
  readonly literal: Literal;
  readonly key: string;
  readonly counts: readonly CountClaim[];
  readonly values: PlacedClaim | null;
}

export function claimsOf(literal: Literal): Claims {
  return {
    literal,
    key: canonical(literal.leaf),
    counts: countClaims(literal.leaf, literal.holds),
    values: placedClaim(literal),
  };
}

/** Whether two literals cannot both be true; null when they can, or when nobody can tell. Never wrong, often silent. */
export function exclusionOf(a: Claims, b: Claims): Exclusion | null {
  if (a.literal.holds !== b.literal.holds && a.key === b.key) return "nobody";
  if (a.counts.some((one) => b.counts.some((other) => areCountsApart(one, other)))) return "nobody";
  return valuesApart(a.values, b.values) ?? (isNamedApart(a.literal, b.literal) ? "nobody" : null);
}

/** Whether no person can make this literal true: less than no times, an empty range. */
export function neverHolds({ leaf, holds }: Literal): boolean {
  return countClaims(leaf, holds).some(({ least, most }) => least > most);
}

/** What is said of the values found in one place. */
interface PlacedClaim extends ValueClaim {
  readonly place: string;
  readonly isSingle: boolean;
}

/** The same of two tests that one event has to pass. */
export function testsApart(a: PropertyTest, b: PropertyTest): Exclusion | null {
  if (a.property !== b.property) return null;
  const claim = (test: PropertyTest): PlacedClaim => ({ ...claimOfTest(test), place: test.property, isSingle: false });
  return valuesApart(claim(a), claim(b));
}

function valuesApart(own: PlacedClaim | null, other: PlacedClaim | null): Exclusion | null {
  if (!own || !other || own.place !== other.place) return null;
  if (own.isSome && other.isSome)
    return areApart(own.passing, other.passing) ? (own.isSingle ? "nobody" : "several_values") : null;
  if (own.isSome === other.isSome) return null;
  const [some, none] = own.isSome ? [own, other] : [other, own];
  return isWithin(some.passing, none.passing) ? "nobody" : null;
}

function placedClaim({ leaf, holds }: Literal): PlacedClaim | null {
  if ("trait" in leaf) return { ...signed(claimOfTest(leaf), holds), place: `trait ${leaf.trait}`, isSingle: false };
  if ("computed" in leaf) {
    const isSingle = !LISTS.includes(leaf.computed.split(".")[0] ?? "");
    return { ...signed(claimOfTest(leaf), holds), place: `computed ${leaf.computed}`, isSingle };
  }
  if (!("did" in leaf)) return null;
  if ("sum" in leaf && leaf.sum) {
    const { property, op, value } = leaf.sum;
    const { within, during, zone } = leaf;
    // The sum of nothing is a sum too: there is always one.
    const claim = sumClaim(op, value, holds);
    const place = canonical({ sum: property, filter: filterKey(leaf), within, during, zone });
    return claim && { ...claim, place, isSingle: true };
  }
  return edgeClaim(leaf, holds);
}

function signed(claim: ValueClaim, holds: boolean): ValueClaim {
  return holds ? claim : { ...claim, isSome: !claim.isSome };
}

function edgeClaim(leaf: Leaf & EventFilter, holds: boolean): PlacedClaim | null {
  if (!("first" in leaf || "last" in leaf)) return null;
  const edge = leaf.first ?? leaf.last;
  if (!edge || edge.op === "during") return null;
  const passing: Passing =
    edge.op === "before" || edge.op === "after"
      ? beside(edge.op, boundOf(edge))
      : {
          kind: "between",
          scale: "age",
          isOpen: false,
          ...(edge.op === "within_last"
            ? { from: -Infinity, to: boundOf(edge) - 1 }
            : { from: boundOf(edge), to: Infinity }),
        };
  return { isSome: holds, passing, place: `${leaf.first ? "first" : "last"} ${filterKey(leaf)}`, isSingle: true };
}

const NOT = { gt: "lte", gte: "lt", lt: "gte", lte: "gt" } as const;

/** Sums are whole ten-thousandths; what is not on that grid is left alone. */
function sumClaim(op: keyof typeof NOT | "eq", value: number, holds: boolean): ValueClaim | null {
  const scaled = Math.floor(value * 10_000 + 0.5);
  if (op === "eq")
    return holds
      ? { isSome: true, passing: { kind: "between", scale: "sum", from: scaled, to: scaled, isOpen: false } }
      : null;
  const meant = holds ? op : NOT[op];
  const isOpen = meant === "gt" || meant === "lt";
  const line = meant === "gt" || meant === "gte" ? { from: scaled, to: Infinity } : { from: -Infinity, to: scaled };
  return { isSome: true, passing: { kind: "between", scale: "sum", ...line, isOpen } };
}

/** Places too far apart, two states of one consent, a smaller random part without the larger one it lies in. */
function isNamedApart(a: Literal, b: Literal): boolean {
  if ("consent" in a.leaf && "consent" in b.leaf)
    return (
      a.holds &&
      b.holds &&
      a.leaf.consent === b.leaf.consent &&
      (a.leaf.purpose ?? "marketing") === (b.leaf.purpose ?? "marketing") &&
      a.leaf.state !== b.leaf.state
    );
  if ("near" in a.leaf && "near" in b.leaf) {
    const [here, there] = [a.leaf.near, b.leaf.near];
    return a.holds && b.holds && kilometresBetween(here, there) > here.km + there.km + ROUNDING_KM;
  }
  if ("random" in a.leaf && "random" in b.leaf && a.holds !== b.holds) {
    const [inside, outside] = a.holds ? [a.leaf, b.leaf] : [b.leaf, a.leaf];
    return inside.random.seed === outside.random.seed && inside.random.percent <= outside.random.percent;
  }
  return false;
}

const ROUNDING_KM = 0.001;
