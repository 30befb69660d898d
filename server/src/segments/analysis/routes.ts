import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import * as c from "../contracts.ts";
import { type ExplainDeps, explainSegment } from "../explain/explain-segment.ts";
import { type CompositionDeps, CompositionReader } from "./read-composition.ts";
import { readOverlap } from "./read-overlap.ts";
import { readSegmentSizes } from "./read-sizes.ts";

export type AnalysisRouteDeps = ExplainDeps & CompositionDeps;

const config = { access: manage };
const byId = z.object({ id: z.uuid() });

/** What can be asked about a segment: nothing here changes it. */
export function analysisRoutes(app: App, deps: AnalysisRouteDeps): void {
  const compositions = new CompositionReader(deps);
  app.post(
    "/v1/segments/:id/explain",
    { config, schema: { params: byId, body: c.explainBody, response: { 200: c.explanation } } },
    ({ params, body }) => explainSegment(deps, params.id, body.profile),
  );
  app.get(
    "/v1/segments/:id/sizes",
    { config, schema: { params: byId, querystring: c.sizesQuery, response: { 200: c.sizesView } } },
    ({ params, query }) => readSegmentSizes(deps, params.id, query),
  );
  app.get(
    "/v1/segments/:id/composition",
    { config, schema: { params: byId, response: { 200: c.compositionView } } },
    ({ params }) => compositions.read(params.id),
  );
  app.post(
    "/v1/segments/overlap",
    { config, schema: { body: c.overlapBody, response: { 200: c.overlapView } } },
    ({ body }) => readOverlap(deps.db, body.segments),
  );
}
