import { readDoorCounts } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { KeyRing } from "../platform/keys.ts";
import type { DoorHealth } from "./contracts.ts";
import { keyNames } from "./name-items.ts";

/** How much came in and was refused by each key, in the last whole hours and this one. */
export async function readHealth(
  deps: { readonly db: Db; readonly clock: Clock; readonly keys: KeyRing },
  hours: number,
): Promise<DoorHealth> {
  const since = `${deps.clock
    .now()
    .subtract({ hours: hours - 1 })
    .toString()
    .slice(0, 13)}:00:00Z`;
  const counts = await readDoorCounts(deps.db, since);
  const names = await keyNames(deps.keys);
  const sources = [...Map.groupBy(counts, (row) => row.source)].map(([source, rows]) => {
    const codes = rows.filter((row) => row.code !== "accepted").map(({ code, n }) => ({ code, n }));
    return {
      source,
      source_name: names.get(source) ?? null,
      accepted: rows.find((row) => row.code === "accepted")?.n ?? 0,
      rejected: codes.reduce((sum, row) => sum + row.n, 0),
      codes,
    };
  });
  return {
    since,
    accepted: sources.reduce((sum, row) => sum + row.accepted, 0),
    rejected: sources.reduce((sum, row) => sum + row.rejected, 0),
    sources: sources.sort((a, b) => b.rejected - a.rejected || b.accepted - a.accepted),
  };
}
