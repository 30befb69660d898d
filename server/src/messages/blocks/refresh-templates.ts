import { AppError } from "../../platform/errors.ts";
import type { MessagesDeps } from "../deps.ts";
import { nextBehind, noteProblem } from "../queries/blocks.pg.ts";
import { templateBody } from "../templates/contracts.ts";
import { publish, readTemplate } from "../templates/save-template.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus">;

/**
 * Publishes again, with the newest shared blocks in them, the templates that have older ones. One at a time: what is
 * left to do is in State, so that a kill loses nothing. Returns how many it took.
 */
export async function refreshTemplates(deps: Deps, signal?: AbortSignal): Promise<number> {
  for (let taken = 0; ; taken++) {
    const behind = signal?.aborted ? undefined : await nextBehind(deps.db);
    if (!behind) return taken;
    await refreshTemplate(deps, behind);
    deps.bus.changed("block", behind.id, ["uses"]);
  }
}

async function refreshTemplate(deps: Deps, { id, version }: { id: string; version: number }): Promise<void> {
  const template = await readTemplate(deps, id);
  // Another worker, or an author, was first.
  if (template.version !== version) return;
  const { name, channel, purpose, default_language, contents } = template;
  const body = templateBody.parse({ name, channel, purpose, default_language, contents });
  try {
    await publish(deps, body, { id, version: version + 1, author: "", note: "newer shared blocks", keepsDraft: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Somebody has published the template meanwhile, with the newest blocks in it.
    if (error.code === "conflict") return;
    const problem = [error.message, ...error.fields.map(({ path, message }) => `${path}: ${message}`)].join(" ");
    await noteProblem(deps.db, id, problem.slice(0, 1000));
  }
}
