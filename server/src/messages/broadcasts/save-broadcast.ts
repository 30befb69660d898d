import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { readTemplateHeads } from "../queries/templates.pg.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastBody, BroadcastView } from "./contracts.ts";
import { deleteDraft, insertBroadcast, lockBroadcast, updateBroadcast } from "./queries/broadcast-rows.pg.ts";
import { readBroadcast } from "./read-broadcasts.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus" | "audiences">;

export async function createBroadcast(deps: Deps, body: BroadcastBody): Promise<BroadcastView> {
  await check(deps, body);
  const id = newId(deps.clock);
  const now = deps.clock.now().toString();
  await insertBroadcast(deps.db, { ...empty, ...partsOf(body), id, created_at: now, updated_at: now });
  deps.bus.changed("broadcast", id, ["definition"]);
  return readBroadcast(deps, id);
}

/** A broadcast is changed until it is launched. */
export async function changeBroadcast(deps: Deps, id: string, body: BroadcastBody): Promise<BroadcastView> {
  await check(deps, body);
  await inTransaction(deps.db, async (tx) => {
    const known = await lockBroadcast(tx, id);
    if (!known) throw refuse("broadcast_not_found");
    if (known.state !== "draft") throw refuse("broadcast_launched");
    await updateBroadcast(tx, { ...known, ...partsOf(body), updated_at: deps.clock.now().toString() });
  });
  deps.bus.changed("broadcast", id, ["definition"]);
  return readBroadcast(deps, id);
}

export async function removeBroadcast(deps: Deps, id: string): Promise<void> {
  if (await deleteDraft(deps.db, id)) return deps.bus.changed("broadcast", id, ["gone"]);
  await readBroadcast(deps, id);
  throw refuse("broadcast_launched");
}

async function check(deps: Deps, body: BroadcastBody): Promise<void> {
  if ((await deps.audiences.nameOf(deps.db, body.audience)) === null) {
    throw refuse("audience_not_found", undefined, [{ path: "audience", message: "no such segment or list" }]);
  }
  const heads = await readTemplateHeads(
    deps.db,
    body.variants.map(({ template_id }) => template_id),
  );
  const errors = body.variants.flatMap(({ template_id }, i) =>
    heads.has(template_id) ? [] : [{ path: `variants.${i}.template_id`, message: "no such template" }],
  );
  if (errors.length > 0) throw refuse("template_not_found", undefined, errors);
  const channels = new Set([...heads.values()].map(({ channel }) => channel));
  if (channels.size > 1) {
    throw refuse("variants_differ", undefined, [{ path: "variants", message: "all on one channel" }]);
  }
}

function partsOf(body: BroadcastBody) {
  const { name, audience, variants, holdout, schedule, winner, per_minute } = body;
  return { name, audience, variants, holdout, schedule, winner_rule: winner ?? null, per_minute: per_minute ?? null };
}

const empty = {
  state: "draft",
  paused: false,
  step_at: null,
  cursor: null,
  fed_until: null,
  audience_size: 0,
  winner: null,
  winner_reason: null,
  problem: null,
  launched_at: null,
  started_at: null,
  tested_at: null,
  ended_at: null,
} as const satisfies Partial<Broadcast>;
