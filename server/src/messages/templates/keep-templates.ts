import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { archiveTemplate } from "../queries/templates.pg.ts";
import { type TemplateView, templateBody } from "./contracts.ts";
import { createTemplate, readTemplate } from "./save-template.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus">;

/** Takes a template from where templates are chosen, or gives it back; what uses it goes on. */
export async function setArchived(deps: Deps, id: string, isArchived: boolean): Promise<TemplateView> {
  if (!(await archiveTemplate(deps.db, id, isArchived ? deps.clock.now().toString() : null)))
    throw refuse("template_not_found");
  deps.bus.changed("template", id, ["archived"]);
  return readTemplate(deps, id);
}

const MOST_NAME = 120;

/** A template of its own, as the other one was last published. */
export async function duplicateTemplate(deps: Deps, id: string, name: string, author: string): Promise<TemplateView> {
  const { channel, purpose, topic, priority, default_language, contents } = await readTemplate(deps, id);
  const copy = { name: name.slice(0, MOST_NAME), channel, purpose, topic, priority, default_language, contents };
  return createTemplate(deps, templateBody.parse(copy), author);
}
