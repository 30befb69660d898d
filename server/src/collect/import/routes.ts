import { refuse } from "../../platform/errors.ts";
import { manage } from "../../platform/principal.ts";
import type { Room } from "../../platform/room.ts";
import { Backpressure } from "../backpressure.ts";
import { acceptImport, type ImportDeps } from "./accept-import.ts";
import { IMPORT_LIMITS, importAnswer, importBody } from "./contracts.ts";

const RETRY_AFTER_S = 2;

/** Files come in here, a request of rows at a time. */
export function createImport(deps: ImportDeps): Room {
  const backpressure = new Backpressure(deps.db, deps.intake?.inboxEvents);
  return {
    routes(app) {
      app.route({
        method: "POST",
        url: "/v1/import/items",
        bodyLimit: IMPORT_LIMITS.bodyBytes,
        config: { access: manage, judgesTexts: true },
        schema: { body: importBody, response: { 200: importAnswer } },
        handler: async (request, reply) => {
          if (backpressure.isFull()) {
            reply.header("retry-after", RETRY_AFTER_S);
            throw refuse("rate_limited", "More events are waiting than may wait.");
          }
          return acceptImport(deps, request.body);
        },
      });
    },
  };
}
