import { type Db, inTransaction } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Draft, Graph, JourneyView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { checkGraph } from "./graph/check-graph.ts";
import { checkReferences } from "./graph/check-references.ts";
import { readDraft } from "./graph/read-draft.ts";
import type { Kinds } from "./nodes/kinds.ts";
import { insertJourney, lockJourney, type StoredJourney, updateJourney } from "./queries/journey-rows.pg.ts";
import { readJourney } from "./read-journeys.ts";

/** The room's dependencies, with every kind of node there is here. */
export interface WithKinds extends JourneysDeps {
  readonly known: Kinds;
}

/** Keeps a new journey as a draft, which may have mistakes. */
export async function createJourney(deps: WithKinds, body: { name: string; graph: Draft }): Promise<JourneyView> {
  const id = newId(deps.clock);
  await insertJourney(deps.db, { id, ...body, now: deps.clock.now().toString() });
  deps.bus.changed("journey", id, ["graph"]);
  return readJourney(deps, id);
}

/** Changes the draft; whoever is on the way, and whoever enters, keeps to what is published. */
export async function changeJourney(
  deps: WithKinds,
  id: string,
  body: { name?: string | undefined; graph?: Draft | undefined },
): Promise<JourneyView> {
  await inTransaction(deps.db, async (tx) => {
    const journey = openJourney(await lockJourney(tx, id));
    const graph = body.graph ?? journey.graph;
    await updateJourney(tx, { ...journey, graph, name: body.name ?? journey.name, now: deps.clock.now().toString() });
  });
  deps.bus.changed("journey", id, ["graph"]);
  return readJourney(deps, id);
}

/** The graph of a draft in which nothing is wrong; else it is refused with every mistake. */
export async function soundGraph(deps: WithKinds, db: Db, draft: Draft): Promise<Graph> {
  const { graph, errors } = await examine(deps, db, draft);
  if (errors.length > 0 || !graph) throw refuse("journey_not_valid", undefined, errors);
  return graph;
}

/** The mistakes of a draft that is being drawn. */
export async function checkDraft(deps: WithKinds, draft: Draft): Promise<{ errors: FieldError[] }> {
  return { errors: (await examine(deps, deps.db, draft)).errors };
}

/** What would keep this draft from being published: how it is written, how it hangs together, what it names. */
async function examine(
  deps: WithKinds,
  db: Db,
  draft: Draft,
): Promise<{ readonly graph: Graph | null; readonly errors: FieldError[] }> {
  const { sound: graph, errors } = readDraft(draft, deps.known);
  const isWhole = graph !== null && errors.length === 0;
  return {
    graph,
    errors: [
      ...errors,
      ...(isWhole ? checkGraph(graph, deps.known) : []),
      ...(graph ? await checkReferences(deps, db, graph, deps.known) : []),
    ],
  };
}

/** The journey, when it exists and is not archived. */
export function openJourney(journey: StoredJourney | undefined): StoredJourney {
  if (!journey) throw refuse("journey_not_found");
  if (journey.status === "archived") throw refuse("journey_archived");
  return journey;
}
