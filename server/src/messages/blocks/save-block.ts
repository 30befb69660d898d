import { inTransaction } from "../../platform/db.ts";
import { type FieldError, refuse as refuseGenerally } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { Channel } from "../content/kinds.ts";
import { mistake } from "../content/mistakes.ts";
import type { Written } from "../content/written.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { listBlocks, listBlockUses, listBlockVersions, loadBlock, writeBlock } from "../queries/blocks.pg.ts";
import { compileContents } from "../templates/compile-contents.ts";
import type { BlockBody, BlockSummary, BlockUse, BlockVersion, BlockView } from "./contracts.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus">;

export async function createBlock(deps: Deps, body: BlockBody, author: string): Promise<BlockView> {
  const id = newId(deps.clock);
  if (!(await publish(deps, body, { id, version: 1, author }))) throw refuse("block_key_taken");
  return readBlock(deps, id);
}

/** Publishes the next version; every template that has the block in it takes it, one after the other. */
export async function changeBlock(
  deps: Deps,
  id: string,
  body: BlockBody,
  by: { readonly author: string; readonly base?: number | undefined },
): Promise<BlockView> {
  const known = await readBlock(deps, id);
  if (body.key !== known.key) throw refuse("block_not_valid", "The key of a shared block does not change.");
  const isNewest = by.base === undefined || by.base === known.version;
  if (!isNewest || !(await publish(deps, body, { id, version: known.version + 1, author: by.author })))
    throw refuseGenerally("conflict", "Somebody else has published a version of this block meanwhile.");
  deps.bus.changed("block", id, ["version"]);
  deps.bus.wake("blocks");
  return readBlock(deps, id);
}

export async function readBlock(deps: Pick<Deps, "db">, id: string): Promise<BlockView> {
  const block = await loadBlock(deps.db, id);
  if (!block) throw refuse("block_not_found");
  return block;
}

export async function readBlocks(deps: Pick<Deps, "db">, query: PageQuery): Promise<Page<BlockSummary>> {
  const [after] = decodeCursor(query.after, 1) ?? [];
  const found = await listBlocks(deps.db, typeof after === "string" ? after : null, query.limit + 1);
  return toPage(found, query.limit, ({ key }) => [key]);
}

export async function readBlockVersions(
  deps: Pick<Deps, "db">,
  id: string,
  query: PageQuery,
): Promise<Page<BlockVersion>> {
  const [before] = decodeCursor(query.after, 1) ?? [];
  const found = await listBlockVersions(deps.db, id, typeof before === "number" ? before : null, query.limit + 1);
  return toPage(found, query.limit, ({ version }) => [version]);
}

export async function readBlockUses(deps: Pick<Deps, "db">, id: string, query: PageQuery): Promise<Page<BlockUse>> {
  const [after] = decodeCursor(query.after, 1) ?? [];
  const found = await listBlockUses(deps.db, id, typeof after === "string" ? after : null, query.limit + 1);
  return toPage(found, query.limit, ({ template_id }) => [template_id]);
}

async function publish(
  deps: Deps,
  body: BlockBody,
  as: { readonly id: string; readonly version: number; readonly author: string },
): Promise<boolean> {
  await checkContents(deps, body);
  const row = {
    ...as,
    key: body.key,
    name: body.name,
    defaultLanguage: body.default_language,
    contents: JSON.stringify(body.contents),
    now: deps.clock.now().toString(),
  };
  return inTransaction(deps.db, (tx) => writeBlock(tx, row));
}

/** A block is compiled as a mail and as a text of its own before it may go into others. */
async function checkContents(deps: Deps, { contents, default_language }: BlockBody): Promise<void> {
  const empty = { message: "the default language needs content", code: "content_missing" };
  const errors: FieldError[] = contents[default_language] ? [] : [{ path: `contents.${default_language}`, ...empty }];
  for (const [language, { blocks, text }] of Object.entries(contents)) {
    const of = (channel: Channel, written: Written) =>
      compileContents(deps.db, { channel, purpose: "transactional", contents: { [language]: written } });
    if (blocks.length > 0) errors.push(...(await of("email", { subject: "-", blocks: [...blocks] })).errors);
    const [, inner] = /\{\{-?\s*shared\.(\w*)/.exec(JSON.stringify({ blocks, text })) ?? [];
    if (inner !== undefined) errors.push({ path: `contents.${language}.text`, ...mistake("shared_nested", inner) });
    else if (text !== "") errors.push(...(await of("sms", { text })).errors);
  }
  if (errors.length > 0) throw refuse("block_not_valid", undefined, errors);
}
