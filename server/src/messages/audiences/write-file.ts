import type { Db } from "../../platform/db.ts";
import type { AdNetwork } from "../channels/ad-network.ts";
import { hashOf } from "../channels/ad-network.ts";
import type { AdAudience } from "./audience.ts";
import { wantedAfter } from "./queries/members.pg.ts";
import type { AudienceDeps } from "./step-audience.ts";
import { whoMay } from "./who-may.ts";

const PAGE = 2_000;

/** A file as the network takes it by hand: a line of hashes for each person it may be told of now. */
export async function* writeFile(
  deps: Pick<AudienceDeps, "db" | "secrets" | "audiences" | "loadProfiles">,
  audience: AdAudience,
  network: Pick<AdNetwork, "hash" | "columns">,
): AsyncGenerator<string> {
  const kinds = Object.keys(network.columns);
  yield `${Object.values(network.columns).join(",")}\r\n`;
  for await (const ids of pagesOf(deps, audience)) {
    const profiles = await deps.loadProfiles(deps.db, ids);
    const may = await whoMay(deps.db, deps, network, [...profiles.values()]);
    const lines = [...may.values()].map((hashes) => kinds.map((kind) => hashOf(hashes, kind)).join(","));
    if (lines.length > 0) yield `${lines.join("\r\n")}\r\n`;
  }
}

async function* pagesOf(
  { db, audiences }: Pick<AudienceDeps, "db" | "audiences">,
  { id, segment_id }: AdAudience,
): AsyncGenerator<readonly string[]> {
  if (segment_id === null) return yield* memberPages(db, id);
  let after: readonly (string | number)[] | null = null;
  do {
    const page: Awaited<ReturnType<typeof audiences.page>> = await audiences.page(db, { segment_id }, after, PAGE);
    yield page.ids;
    after = page.next;
  } while (after !== null);
}

async function* memberPages(db: Db, id: string): AsyncGenerator<readonly string[]> {
  for (let after: string | null = null; ; ) {
    const ids: string[] = await wantedAfter(db, id, after, PAGE);
    yield ids;
    if (ids.length < PAGE) return;
    after = ids.at(-1) ?? null;
  }
}
