import type { z } from "zod";

import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { intakeView } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { cancelIntake, listIntakes } from "../queries/intakes.pg.ts";

type IntakeView = z.infer<typeof intakeView>;

/** The crowds that were let in, or are being let in, the newest first. */
export async function readIntakes(
  { db }: Pick<JourneysDeps, "db">,
  id: string,
  query: PageQuery,
): Promise<Page<IntakeView>> {
  const before = decodeCursor(query.after, 1) as [string] | null;
  const page = toPage(await listIntakes(db, id, before?.[0] ?? null, query.limit + 1), query.limit, (row) => [row.id]);
  return {
    next: page.next,
    items: page.items.map(({ id, cause, at, looked, entered, status, created_at, finished_at }) => ({
      id,
      cause,
      at,
      looked,
      entered,
      status,
      created_at,
      finished_at,
    })),
  };
}

/** Whoever is in stays in; nobody else comes by it. */
export async function cancelIntakeOf(
  deps: Pick<JourneysDeps, "db" | "clock" | "bus">,
  id: string,
  intake: string,
): Promise<Page<IntakeView>> {
  await cancelIntake(deps.db, id, intake, deps.clock.now().toString());
  deps.bus.changed("journey", id, ["counts"]);
  return await readIntakes(deps, id, { limit: 50 });
}
