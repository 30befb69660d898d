import type { PlanCheck } from "../collect/index.ts";
import type { Log } from "../platform/log.ts";
import type { Room } from "../platform/room.ts";
import { PlanBook } from "./plan-book.ts";
import type { PlanDeps } from "./read-plan.ts";
import { planRoutes } from "./routes.ts";
import { ViolationLog } from "./violation-log.ts";

export interface Plan extends Room {
  /** What is wrong with an event so that it may not come in; counts what it lets in with a warning. */
  readonly check: PlanCheck;
}

export function createPlan(deps: PlanDeps & { readonly log: Log }): Plan {
  let book: PlanBook | null = null;
  return {
    check: (event) => book?.check(event) ?? null,
    routes(app) {
      const violations = new ViolationLog(deps);
      const opened = new PlanBook(deps, violations);
      book = opened;
      app.addHook("onReady", () => opened.load());
      app.addHook("onClose", async () => {
        opened.close();
        await violations.close();
      });
      planRoutes(app, { ...deps, reload: () => opened.load() });
    },
  };
}
