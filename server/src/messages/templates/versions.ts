import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { refuse } from "../errors.ts";
import { listVersions, loadVersion } from "../queries/template-versions.pg.ts";
import { type TemplateVersion, type TemplateView, templateBody, type VersionView } from "./contracts.ts";
import { changeTemplate, readTemplate, type SaveDeps } from "./save-template.ts";

export async function readVersions(
  deps: Pick<SaveDeps, "db">,
  id: string,
  query: PageQuery,
): Promise<Page<TemplateVersion>> {
  await readTemplate(deps, id);
  const [before] = decodeCursor(query.after, 1) ?? [];
  const found = await listVersions(deps.db, id, typeof before === "number" ? before : null, query.limit + 1);
  return toPage(found, query.limit, ({ version }) => [version]);
}

export async function readVersion(deps: Pick<SaveDeps, "db">, id: string, version: number): Promise<VersionView> {
  const found = await loadVersion(deps.db, id, version);
  if (!found) throw refuse("version_not_found");
  return found;
}

/** Publishes what an earlier version said as the next one: nothing is lost on the way. */
export async function restoreVersion(
  deps: SaveDeps,
  id: string,
  version: number,
  author: string,
): Promise<TemplateView> {
  const [old, now] = [await readVersion(deps, id, version), await readTemplate(deps, id)];
  const { default_language, contents } = old;
  const body = templateBody.parse({
    name: now.name,
    channel: now.channel,
    purpose: now.purpose,
    default_language,
    contents,
  });
  return changeTemplate(deps, id, body, { author, base: now.version, note: `restored version ${version}` });
}
