import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";

import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import { displayName, loadProfiles, type Profile } from "../profiles/index.ts";
import { graph as graphSchema, type JourneyRow, type JourneyView, type RunView, type runQuery } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { readFlows } from "./queries/flows.pg.ts";
import {
  countExits,
  countNodes,
  type JourneyStats,
  listJourneys,
  loadJourney,
  loadStats,
  publishedGraph,
  type StoredJourney,
  type Tally,
} from "./queries/journey-rows.pg.ts";
import { listRuns } from "./queries/list-runs.pg.ts";
import { readNote } from "./runs/note.ts";

export async function readJourneys(deps: Pick<JourneysDeps, "db">, query: PageQuery): Promise<Page<JourneyRow>> {
  const before = decodeCursor(query.after, 1) as [string] | null;
  const found = await listJourneys(deps.db, before?.[0] ?? null, query.limit + 1);
  const page = toPage(found, query.limit, (journey) => [journey.id]);
  const stats = await loadStats(
    deps.db,
    page.items.map((journey) => journey.id),
  );
  return { items: page.items.map((journey) => toRow(journey, stats)), next: page.next };
}

export async function readJourney(deps: Pick<JourneysDeps, "db">, id: string): Promise<JourneyView> {
  const journey = await loadJourney(deps.db, id);
  if (!journey) throw refuse("journey_not_found");
  const [stats, published, nodes, exits, flows] = await Promise.all([
    loadStats(deps.db, [id]),
    publishedGraph(deps.db, id, journey.version),
    countNodes(deps.db, id),
    countExits(deps.db, id),
    readFlows(deps.db, id),
  ]);
  return {
    ...toRow(journey, stats),
    // A graph that was kept by an earlier version lacks what has got a default since.
    graph: graphSchema.safeParse(journey.graph).data ?? journey.graph,
    has_changes: !isDeepStrictEqual(published, journey.graph),
    counts: toRecord(nodes),
    exits: toRecord(exits),
    ways: Object.fromEntries(
      flows.map(({ node, way, passed, converted }) => [`${node}/${way}`, { passed, converted }]),
    ),
  };
}

export async function readRuns(
  deps: Pick<JourneysDeps, "db" | "resolveProfile">,
  id: string,
  query: z.infer<typeof runQuery>,
): Promise<Page<RunView>> {
  if (!(await loadJourney(deps.db, id))) throw refuse("journey_not_found");
  const profileId = query.profile === undefined ? null : await deps.resolveProfile(deps.db, query.profile);
  const before = decodeCursor(query.after, 2) as [string, string] | null;
  const found = await listRuns(deps.db, {
    journeyId: id,
    profileId,
    node: query.node ?? null,
    before,
    limit: query.limit + 1,
  });
  const page = toPage(found, query.limit, (run) => [run.entered_at, run.id]);
  const profiles = await loadProfiles(deps.db, [...new Set(page.items.map((run) => run.profile_id))]);
  const items = page.items.map(({ trail, ...run }) => ({
    ...run,
    profile_name: nameOf(profiles.get(run.profile_id)),
    steps: trail.map(([node, at, note]) => ({ node, at, note: readNote(note) })),
  }));
  return { items, next: page.next };
}

function toRow(journey: StoredJourney, stats: readonly JourneyStats[]): JourneyRow {
  const { entered, active, converted } = stats.find((one) => one.journey_id === journey.id) ?? {
    entered: 0,
    active: 0,
    converted: 0,
  };
  const { id, name, status, version, created_at, updated_at } = journey;
  return { id, name, status, version, entered, active, converted, created_at, updated_at };
}

function toRecord(tallies: readonly Tally[]): Record<string, number> {
  return Object.fromEntries(tallies.map(({ name, n }) => [name, n]));
}

function nameOf(profile: Profile | undefined): string | null {
  if (!profile) return null;
  const { email } = profile.traits;
  return displayName(profile.traits) ?? (typeof email === "string" ? email : null);
}
