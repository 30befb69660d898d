import { z } from "zod";

import { adAudience } from "./ad-audience.ts";
import { bestHour } from "./best-hour.ts";
import { branch } from "./branch.ts";
import { enterJourney } from "./enter-journey.ts";
import { exit } from "./exit.ts";
import { experiment } from "./experiment.ts";
import { list } from "./list.ts";
import type { AnyNode, NodeKind } from "./node-kind.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { updateTrait } from "./update-trait.ts";
import { wait } from "./wait.ts";
import { waitDate } from "./wait-date.ts";
import { waitEvent } from "./wait-event.ts";
import { waitUntil } from "./wait-until.ts";
import { webhook } from "./webhook.ts";

const OWN: readonly NodeKind[] = [
  wait,
  waitUntil,
  waitDate,
  waitEvent,
  bestHour,
  branch,
  split,
  experiment,
  send,
  webhook,
  updateTrait,
  list,
  adAudience,
  enterJourney,
  exit,
];
const OWN_NAMES = new Set(OWN.map(({ kind }) => kind));

/** A node of one of the kinds that are built in. */
export const ownNode = z.discriminatedUnion("kind", [
  wait.schema,
  waitUntil.schema,
  waitDate.schema,
  waitEvent.schema,
  bestHour.schema,
  branch.schema,
  split.schema,
  experiment.schema,
  send.schema,
  webhook.schema,
  updateTrait.schema,
  list.schema,
  adAudience.schema,
  enterJourney.schema,
  exit.schema,
]);

/** A node of a kind that another room has registered; its own schema is asked when the journey is saved. */
export const foreignNode = z
  .looseObject({ kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/) })
  .refine(({ kind }) => !OWN_NAMES.has(kind), "not as this kind is written");

/** All kinds of this installation, by name. */
export type Kinds = ReadonlyMap<string, NodeKind>;

export function kindsWith(more: readonly NodeKind[] = []): Kinds {
  return new Map([...OWN, ...more].map((kind) => [kind.kind, kind]));
}

/** The kind of a node; undefined for one of a room that is not there (any more). */
export function kindOf(kinds: Kinds, node: AnyNode | undefined): NodeKind | undefined {
  return node && kinds.get(node.kind);
}
