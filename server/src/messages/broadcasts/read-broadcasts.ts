import type { z } from "zod";

import { cursorId, type Page, toPage } from "../../platform/pages.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { readTemplateHeads } from "../queries/templates.pg.ts";
import type { Broadcast } from "./broadcast.ts";
import { endOfTest } from "./choose-winner.ts";
import type { Audience, AudienceView, BroadcastView, broadcastQuery } from "./contracts.ts";
import { findBroadcast, listBroadcasts } from "./queries/broadcast-rows.pg.ts";
import { type Counts, readCounts } from "./queries/progress.pg.ts";

type Deps = Pick<MessagesDeps, "db" | "audiences">;

export async function readBroadcasts(deps: Deps, query: z.infer<typeof broadcastQuery>): Promise<Page<BroadcastView>> {
  const found = await listBroadcasts(deps.db, {
    state: query.state ?? null,
    before: cursorId(query.after),
    limit: query.limit + 1,
  });
  const page = toPage(found, query.limit, ({ id }) => [id]);
  return { ...page, items: await viewsOf(deps, page.items) };
}

export async function readBroadcast(deps: Deps, id: string): Promise<BroadcastView> {
  const broadcast = await findBroadcast(deps.db, id);
  const [view] = broadcast ? await viewsOf(deps, [broadcast]) : [];
  if (!view) throw refuse("broadcast_not_found");
  return view;
}

/** How many there are, and some of them to look at the message as they would get it. */
export async function previewAudience(
  deps: Deps & Pick<MessagesDeps, "loadProfiles" | "nameOf">,
  audience: Audience,
): Promise<AudienceView> {
  if ((await deps.audiences.nameOf(deps.db, audience)) === null) throw refuse("audience_not_found");
  const [size, page] = await Promise.all([
    deps.audiences.size(deps.db, audience),
    deps.audiences.page(deps.db, audience, null, SAMPLE),
  ]);
  const profiles = await deps.loadProfiles(deps.db, page.ids);
  return { size, sample: [...profiles.values()].map((profile) => ({ id: profile.id, name: deps.nameOf(profile) })) };
}

const SAMPLE = 10;

async function viewsOf(deps: Deps, broadcasts: readonly Broadcast[]): Promise<BroadcastView[]> {
  const templates = broadcasts.flatMap(({ variants }) => variants.map(({ template_id }) => template_id));
  const [counts, heads] = await Promise.all([
    readCounts(
      deps.db,
      broadcasts.map(({ id }) => id),
    ),
    readTemplateHeads(deps.db, templates),
  ]);
  return Promise.all(
    broadcasts.map(async (broadcast) => ({
      ...shown(broadcast),
      channel: heads.get(broadcast.variants[0]?.template_id ?? "")?.channel ?? "email",
      audience_name: await deps.audiences.nameOf(deps.db, broadcast.audience),
      variants: broadcast.variants.map((variant) => ({
        ...variant,
        template_name: heads.get(variant.template_id)?.name ?? null,
      })),
      progress: progressOf(broadcast, counts.get(broadcast.id)),
    })),
  );
}

function shown({ paused, state, step_at, cursor, fed_until, tested_at, ...rest }: Broadcast) {
  const { winner_rule: rule } = rest;
  const decides_at = state === "testing" && rule && tested_at ? endOfTest(rule, tested_at).toString() : null;
  return { ...rest, decides_at, state: paused ? ("paused" as const) : state };
}

function progressOf({ audience_size }: Broadcast, counts: Counts | undefined): BroadcastView["progress"] {
  const { queued = 0, sent = 0, skipped = 0, failed = 0, waiting = 0, held_out = 0 } = counts ?? {};
  return { audience: audience_size, waiting, held_out, queued, sent, skipped, failed };
}
