import type { z } from "zod";

import { graph as graphSchema, type versionGraphView, type versionPage } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { loadJourney } from "./queries/journey-rows.pg.ts";
import { listVersions, loadVersion } from "./queries/versions.pg.ts";

/** Every version there has been, the newest first, with how many people are still on it. */
export async function readVersions({ db }: Pick<JourneysDeps, "db">, id: string): Promise<z.infer<typeof versionPage>> {
  if (!(await loadJourney(db, id))) throw refuse("journey_not_found");
  return { items: await listVersions(db, id), next: null };
}

export async function readVersion(
  { db }: Pick<JourneysDeps, "db">,
  id: string,
  version: number,
): Promise<z.infer<typeof versionGraphView>> {
  const found = await loadVersion(db, id, version);
  if (!found) throw refuse("version_not_found");
  return { ...found, graph: graphSchema.parse(found.graph) };
}
