import type { Clock } from "../../platform/clock.ts";
import type { History } from "../../platform/history.ts";
import type { Page } from "../../platform/pages.ts";
import { askHistory } from "../ask-history.ts";
import { rhythmOf } from "./lifecycle.ts";
import { favourite, medianGap } from "./queries/own-values.ch.ts";
import type { TemplateView } from "./shapes.ts";
import { templatesFor } from "./templates.ts";

/** All of them; a page that is never full. */
export async function readTemplates({
  history,
  clock,
}: {
  history: History;
  clock: Clock;
}): Promise<Page<TemplateView>> {
  const now = clock.now().epochMilliseconds;
  const [gap, category, size] = await askHistory(() =>
    Promise.all([medianGap(history, now), favourite(history, "category", now), favourite(history, "size", now)]),
  );
  return { items: templatesFor({ rhythm: rhythmOf(gap), category, size }), next: null };
}
