import { listTopics } from "../../consent/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import { refuse as refuseGenerally } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { replaceUses } from "../queries/blocks.pg.ts";
import { deleteDraft } from "../queries/template-drafts.pg.ts";
import { loadTemplate, writeVersion } from "../queries/templates.pg.ts";
import { compileContents } from "./compile-contents.ts";
import { type ReadTemplateBody, type TemplateBody, type TemplateView, templateBody } from "./contracts.ts";

export type SaveDeps = Pick<MessagesDeps, "db" | "clock" | "bus">;

export interface NewVersion {
  readonly id: string;
  readonly version: number;
  readonly author: string;
  readonly note: string | null;
  /** A shared block's new version leaves what somebody is writing alone. */
  readonly keepsDraft?: boolean;
}

/** Compiles and publishes a new template. */
export async function createTemplate(deps: SaveDeps, body: TemplateBody, author = ""): Promise<TemplateView> {
  return publish(deps, templateBody.parse(body), { id: newId(deps.clock), version: 1, author, note: null });
}

/** Publishes the next version. Messages queued already are made from it too: they are rendered when they are sent. */
export async function changeTemplate(
  deps: SaveDeps,
  id: string,
  body: ReadTemplateBody,
  by: { readonly author: string; readonly base?: number | undefined; readonly note?: string },
): Promise<TemplateView> {
  const known = await readTemplate(deps, id);
  if (by.base !== undefined && by.base !== known.version)
    throw refuseGenerally("conflict", `Version ${known.version} has been published meanwhile.`);
  if (body.channel !== known.channel)
    throw refuse("template_not_valid", `A template of ${known.channel} stays one of ${known.channel}.`);
  return publish(deps, body, { id, version: known.version + 1, author: by.author, note: by.note ?? null });
}

export async function readTemplate(deps: Pick<SaveDeps, "db">, id: string): Promise<TemplateView> {
  const template = await loadTemplate(deps.db, id);
  if (!template) throw refuse("template_not_found");
  return template;
}

export async function publish(deps: SaveDeps, body: ReadTemplateBody, as: NewVersion): Promise<TemplateView> {
  if (!body.contents[body.default_language]) {
    const message = "the default language needs content";
    throw refuse("template_not_valid", message, [
      { path: `contents.${body.default_language}`, message, code: "content_missing" },
    ]);
  }
  await refuseUnknownTopic(deps, body.topic);
  const { compiled, errors, uses } = await compileContents(deps.db, body);
  if (errors.length > 0) throw refuse("template_not_valid", undefined, errors);
  const write = async (tx: Tx): Promise<boolean> => {
    const isWritten = await writeVersion(tx, {
      ...as,
      name: body.name,
      channel: body.channel,
      purpose: body.purpose,
      topic: body.topic,
      priority: body.priority,
      defaultLanguage: body.default_language,
      contents: JSON.stringify(body.contents),
      compiled: JSON.stringify(compiled),
      now: deps.clock.now().toString(),
    });
    if (!isWritten) return false;
    await replaceUses(tx, as.id, uses);
    if (!as.keepsDraft) await deleteDraft(tx, as.id);
    return true;
  };
  if (!(await inTransaction(deps.db, write)))
    throw refuseGenerally("conflict", "Somebody else has published a version meanwhile.");
  deps.bus.changed("template", as.id, ["version"]);
  return readTemplate(deps, as.id);
}

async function refuseUnknownTopic({ db }: Pick<SaveDeps, "db">, topic: string | null | undefined): Promise<void> {
  if (!topic || (await listTopics(db, true)).some(({ key }) => key === topic)) return;
  throw refuse("template_not_valid", undefined, [
    { path: "topic", message: `there is no topic "${topic}"`, code: "no_topic", value: topic },
  ]);
}
