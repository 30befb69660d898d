import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { openAccount } from "../channels/accounts.ts";
import type { Check } from "../channels/adapter.ts";
import { reasonOf } from "../channels/adapter.ts";
import { openAdLine } from "../channels/lines.ts";
import { refuse } from "../errors.ts";
import { loadAccount } from "../queries/accounts.pg.ts";
import type { AdAudience } from "./audience.ts";
import type { AdAudienceView, AdUploadView } from "./contracts.ts";
import { listAudiences, loadAudience } from "./queries/audience-rows.pg.ts";
import { readSizes } from "./queries/members.pg.ts";
import { listUploads } from "./queries/uploads.pg.ts";
import type { AudienceDeps } from "./step-audience.ts";

type Deps = Pick<AudienceDeps, "db" | "audiences">;

export async function readAudiences(deps: Deps, query: PageQuery): Promise<Page<AdAudienceView>> {
  const after = decodeCursor(query.after, 2) as [string, string] | null;
  const found = await listAudiences(deps.db, after, query.limit + 1);
  const page = toPage(found, query.limit, ({ name, id }) => [name, id]);
  return { ...page, items: await viewsOf(deps, page.items) };
}

export async function readAudience(deps: Deps, id: string): Promise<AdAudienceView> {
  const audience = await loadAudience(deps.db, id);
  const [view] = audience ? await viewsOf(deps, [audience]) : [];
  if (!view) throw refuse("ad_audience_not_found");
  return view;
}

export async function readUploads({ db }: Pick<Deps, "db">, id: string, query: PageQuery): Promise<Page<AdUploadView>> {
  if (!(await loadAudience(db, id))) throw refuse("ad_audience_not_found");
  const after = decodeCursor(query.after, 2) as [string, string] | null;
  const found = await listUploads(db, id, after, query.limit + 1);
  const page = toPage(found, query.limit, (upload) => [upload.told_at, upload.id]);
  return {
    ...page,
    items: page.items.map(({ match_from: from, match_to: to, problems, ...upload }) => ({
      ...upload,
      match: from === null || to === null ? null : { from, to },
      problems: [...problems],
    })),
  };
}

/** Asks the network about this audience, and changes nothing there. */
export async function checkAudience(
  deps: Deps & Pick<AudienceDeps, "secrets" | "http" | "clock">,
  id: string,
): Promise<Check> {
  const audience = await loadAudience(deps.db, id);
  if (!audience) throw refuse("ad_audience_not_found");
  const row = audience.account_id === null ? undefined : await loadAccount(deps.db, audience.account_id);
  if (!row) return { ok: false, detail: "Only files are made of this audience." };
  try {
    return await openAdLine(openAccount(deps.secrets, row), deps).check(audience.external_id);
  } catch (error) {
    return { ok: false, detail: reasonOf(error) };
  }
}

async function viewsOf({ db, audiences }: Deps, found: readonly AdAudience[]): Promise<AdAudienceView[]> {
  const sizes = await readSizes(
    db,
    found.map(({ id }) => id),
  );
  return Promise.all(
    found.map(async ({ id, name, account_id, external_id, segment_id, state, tries, next_at, ...rest }) => {
      const account = account_id === null ? undefined : await loadAccount(db, account_id);
      const { members = 0, told = 0, waiting = 0 } = sizes.get(id) ?? {};
      const { last_told_at, last_error, created_at } = rest;
      return {
        ...{ id, name, account_id, external_id, segment_id, state, last_told_at, last_error, created_at },
        account_name: account?.name ?? null,
        network: account?.provider ?? null,
        segment_name: segment_id === null ? null : await audiences.nameOf(db, { segment_id }),
        // Without a network nobody waits to be told, and who is in the segment is counted when a file is made.
        ...(account || segment_id === null ? { members } : { members: await audiences.size(db, { segment_id }) }),
        told,
        waiting: account ? waiting : 0,
        retry_at: last_error === null ? null : next_at,
      };
    }),
  );
}
