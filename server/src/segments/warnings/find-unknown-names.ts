import type { Condition, Leaf } from "../contracts.ts";
import { leavesWithPaths } from "../parse-definition.ts";
import { foldWord } from "../vocabulary/fold-word.ts";
import type { Warning } from "./find-warnings.ts";

/** Names that have been seen. Null: nobody can tell just now which there are. */
export interface SeenNames {
  readonly events: readonly string[] | null;
  readonly traits: readonly string[] | null;
  readonly computed: readonly string[];
}

export interface NamedPlace {
  readonly path: string;
  readonly kind: keyof SeenNames;
  readonly name: string;
}

const MOST_WARNINGS = 20;

/** Names that nothing has while another has them in other capitals, and computed values that there are not. */
export function findUnknownNames(places: readonly NamedPlace[], seen: SeenNames): Warning[] {
  const found = { events: alike(seen.events), traits: alike(seen.traits), computed: alike(seen.computed) };
  return places.flatMap((place) => warningOf(place, found[place.kind])).slice(0, MOST_WARNINGS);
}

interface Alike {
  readonly names: ReadonlySet<string>;
  readonly byFold: ReadonlyMap<string, string>;
}

function alike(names: readonly string[] | null): Alike | null {
  if (names === null) return null;
  // The most frequent come first and win.
  return { names: new Set(names), byFold: new Map([...names].reverse().map((name) => [foldWord(name), name])) };
}

function warningOf({ path, kind, name }: NamedPlace, seen: Alike | null): Warning[] {
  if (seen === null || seen.names.has(name)) return [];
  const known = seen.byFold.get(foldWord(name));
  if (known !== undefined) {
    const message = `nothing is called “${name}” so far, but there is “${known}”: capitals and accents make a difference`;
    return [{ path, code: "other_capitals", known, message }];
  }
  if (kind !== "computed" || seen.names.has(name.split(".")[0] ?? "")) return [];
  return [{ path, code: "not_computed", message: `nothing of the name “${name}” is computed of people` }];
}

/** Each place of a definition at which an event, a trait or a computed value is named. */
export function namesIn(definition: Condition): NamedPlace[] {
  return leavesWithPaths(definition, "definition").flatMap(({ node, path }) =>
    namesOf(node).map((place) => ({ ...place, path: `${path}.${place.path}` })),
  );
}

function namesOf(leaf: Leaf): NamedPlace[] {
  if ("trait" in leaf) return [{ path: "trait", kind: "traits", name: leaf.trait }];
  if ("computed" in leaf) return [{ path: "computed", kind: "computed", name: leaf.computed }];
  const event = (path: string, name: string): NamedPlace => ({ path, kind: "events", name });
  if ("sequence" in leaf)
    return leaf.sequence.flatMap(({ did, without = [] }, step) => [
      event(`sequence.${step}.did`, did),
      ...without.map((name, index) => event(`sequence.${step}.without.${index}`, name)),
    ]);
  if (!("did" in leaf)) return [];
  return [
    event("did", leaf.did),
    ...("not_followed_by" in leaf
      ? leaf.not_followed_by.map((name, index) => event(`not_followed_by.${index}`, name))
      : []),
    ...("more_often_than" in leaf ? [event("more_often_than.did", leaf.more_often_than.did)] : []),
  ];
}
