import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/db.ts";
import type { Log } from "../../platform/log.ts";
import { requireProfile } from "../../profiles/index.ts";
import type { Condition, Explanation, Grammar, Leaf } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { type KnowPersonDeps, knowPerson, listsOf } from "../know-person.ts";
import { leavesWithPaths } from "../parse-definition.ts";
import { canonical } from "../predicates/canonical.ts";
import { compileTree, type Person } from "../predicates/tree.ts";
import { type ListedRow, loadListedSince } from "../queries/load-listed.pg.ts";
import { shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { memberSince } from "../queries/memberships.pg.ts";
import { ruleDefinition } from "../queries/rules.pg.ts";
import { findSegment, loadDefinitions } from "../queries/segments.pg.ts";
import { toMember } from "../read-segments.ts";
import { createWriter } from "../write-out.ts";
import { evidenceOf, namesOf } from "./evidence-of.ts";
import { type ReadEventsDeps, readEvents, type TimedEvent } from "./read-events.ts";
import { changesAt, type Place, walkTree } from "./walk-tree.ts";

export interface ExplainDeps extends KnowPersonDeps, ReadEventsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly grammar: Grammar;
}

interface Judged {
  readonly person: Person;
  readonly places: readonly Place[];
  readonly names: ReadonlyMap<string, string>;
  readonly answer: Omit<Explanation, "conditions" | "history">;
  readonly lists: ReadonlyMap<string, ListedRow>;
  /** What a condition says in one that is known here; null when it says several. */
  readonly meant: (leaf: Leaf) => Leaf | null;
}

/**
 * Why somebody is in a segment, or is not: each condition's answer, what decides it, and when it turns by itself. It is
 * the rule in force that answers; while an edit is being filled that is still the old one.
 */
export async function explainSegment(deps: ExplainDeps, segmentId: string, reference: string): Promise<Explanation> {
  const profileId = await requireProfile(deps.db, reference);
  const now = deps.clock.now();
  const { person, places, names, answer, lists, meant } = await judge(deps, segmentId, profileId, now);
  const asked = [...new Set(places.flatMap(({ leaf }) => namesOf(leaf && meant(leaf))))];
  const events = await readEvents(deps, profileId, asked).catch((cause: unknown): readonly TimedEvent[] | null => {
    deps.log.warn({ err: cause }, "the events behind an explanation could not be read");
    return null;
  });
  const known = { facts: person.facts, lists, events, now: now.epochMilliseconds };
  return {
    ...answer,
    history: events === null ? "away" : "read",
    conditions: places.map(({ leaf, segmentId: inner, changesAt: at, ...place }) => ({
      ...place,
      condition: leaf,
      segment: inner === null ? null : { id: inner, name: names.get(inner) ?? "" },
      changes_at: toText(at),
      evidence: evidenceOf(leaf && meant(leaf), known),
    })),
  };
}

async function judge(deps: ExplainDeps, segmentId: string, profileId: string, now: Temporal.Instant): Promise<Judged> {
  return await inTransaction(deps.db, async (tx) => {
    shareDefinitions(tx);
    const segment = await findSegment(tx, segmentId);
    if (!segment) throw refuse("segment_not_found");
    const rows = await loadDefinitions(tx);
    const written = new Map(rows.map((row) => [row.id, row.definition]));
    const write = await createWriter(tx, deps.grammar, [segment.definition], written);
    const inForce = segment.rule_id === null ? null : await ruleDefinition(tx, segment.rule_id);
    const whole = write(segment.definition);
    // An edit that is being filled: the old rule has its inner segments written out already.
    const isOld = inForce !== null && canonical(inForce) !== canonical(whole);
    const definition = isOld ? inForce : segment.definition;
    const compile = (part: Condition) => compileTree(write(part));
    const resolved = isOld ? inForce : whole;
    const tree = compile(definition);
    const person = await knowPerson(tx, deps, profileId, resolved, tree, now);
    if (!person) throw refuse("person_not_found");
    const places = walkTree(definition, person, now.epochMilliseconds, compile, (id) => written.get(id));
    const since = await memberSince(tx, segmentId, profileId);
    return {
      person,
      places,
      names: new Map(rows.map((row) => [row.id, row.name])),
      meant(leaf) {
        const [only, ...others] = leavesWithPaths(write(leaf));
        return others.length === 0 ? (only?.node ?? null) : null;
      },
      lists: await loadListedSince(tx, profileId, listsOf(tree)),
      answer: {
        segment: { id: segment.id, name: segment.name },
        person: toMember(profileId, person.facts),
        at: now.toString({ smallestUnit: "millisecond" }),
        is_member: segment.rule_id === null ? null : since !== null,
        entered_at: since,
        holds: places[0]?.holds ?? false,
        changes_at: toText(changesAt(tree, person, now.epochMilliseconds)),
        is_being_replaced: isOld,
      },
    };
  });
}

function toText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
