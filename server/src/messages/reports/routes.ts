import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { idParams } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { broadcastReport, reportQuery, reportView } from "./contracts.ts";
import { readBroadcastReport } from "./read-broadcast-report.ts";
import { readReport } from "./read-report.ts";

const config = { access: manage };

export function reportRoutes(app: App, deps: MessagesDeps): void {
  app.get(
    "/v1/reports/messages",
    { config, schema: { querystring: reportQuery, response: { 200: reportView } } },
    (request) => readReport(deps, request.query),
  );
  app.get(
    "/v1/broadcasts/:id/report",
    { config, schema: { params: idParams, response: { 200: broadcastReport } } },
    (request) => readBroadcastReport(deps, request.params.id),
  );
}
