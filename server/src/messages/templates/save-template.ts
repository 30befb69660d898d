import { inTransaction } from "../../platform/db.ts";
import { refuse as refuseGenerally } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import type { TemplateBody, TemplateView } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadTemplate, writeVersion } from "../queries/templates.pg.ts";
import { compileContents } from "./compile-contents.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus">;

/** Compiles and publishes a new template. */
export async function createTemplate(deps: Deps, body: TemplateBody): Promise<TemplateView> {
  return publish(deps, newId(deps.clock), 1, body);
}

/** Publishes the next version. Messages queued already are made from it too: they are rendered when they are sent. */
export async function changeTemplate(deps: Deps, id: string, body: TemplateBody): Promise<TemplateView> {
  const known = await readTemplate(deps, id);
  return publish(deps, id, known.version + 1, body);
}

export async function readTemplate(deps: Pick<Deps, "db">, id: string): Promise<TemplateView> {
  const template = await loadTemplate(deps.db, id);
  if (!template) throw refuse("template_not_found");
  return template;
}

async function publish(deps: Deps, id: string, version: number, body: TemplateBody): Promise<TemplateView> {
  if (!body.contents[body.default_language]) {
    const message = "the default language needs content";
    throw refuse("template_not_valid", message, [{ path: `contents.${body.default_language}`, message }]);
  }
  const { compiled, errors } = await compileContents(body.contents, body.purpose);
  if (errors.length > 0) throw refuse("template_not_valid", undefined, errors);
  const isWritten = await inTransaction(deps.db, (tx) =>
    writeVersion(tx, {
      id,
      name: body.name,
      channel: body.channel,
      purpose: body.purpose,
      version,
      defaultLanguage: body.default_language,
      contents: JSON.stringify(body.contents),
      compiled: JSON.stringify(compiled),
      now: deps.clock.now().toString(),
    }),
  );
  if (!isWritten) throw refuseGenerally("conflict", "Somebody else has published a version meanwhile.");
  deps.bus.changed("template", id, ["version"]);
  return readTemplate(deps, id);
}
