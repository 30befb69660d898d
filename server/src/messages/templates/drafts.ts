import type { z } from "zod";

import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { deleteDraft, loadDraft, writeDraft } from "../queries/template-drafts.pg.ts";
import type { DraftView, draftBody } from "./contracts.ts";
import { readTemplate } from "./save-template.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus">;

export async function readDraft(deps: Pick<Deps, "db">, templateId: string): Promise<DraftView> {
  const draft = await loadDraft(deps.db, templateId);
  if (!draft) throw refuse("draft_not_found");
  return draft;
}

/** Keeps what somebody has written so far. Whoever wrote on an older revision is told instead of overwriting. */
export async function saveDraft(
  deps: Deps,
  templateId: string,
  { revision, body }: z.infer<typeof draftBody>,
  author: string,
): Promise<DraftView> {
  await readTemplate(deps, templateId);
  const row = { templateId, base: revision, body: JSON.stringify(body), author, now: deps.clock.now().toString() };
  if (!(await writeDraft(deps.db, row))) {
    const other = await loadDraft(deps.db, templateId);
    throw refuse(
      "draft_conflict",
      other
        ? `${other.author || "Somebody"} has saved revision ${other.revision} meanwhile.`
        : "The draft was published or thrown away meanwhile.",
    );
  }
  deps.bus.changed("template", templateId, ["draft"]);
  return readDraft(deps, templateId);
}

export async function dropDraft(deps: Deps, templateId: string): Promise<{ done: true }> {
  await deleteDraft(deps.db, templateId);
  deps.bus.changed("template", templateId, ["draft"]);
  return { done: true };
}
