import { type Db, inTransaction } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Graph, JourneyView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { checkGraph } from "./graph/check-graph.ts";
import { checkReferences } from "./graph/check-references.ts";
import type { Kinds } from "./nodes/kinds.ts";
import { insertJourney, lockJourney, type StoredJourney, updateJourney } from "./queries/journey-rows.pg.ts";
import { readJourney } from "./read-journeys.ts";

/** The room's dependencies, with every kind of node there is here. */
export interface WithKinds extends JourneysDeps {
  readonly known: Kinds;
}

/** Keeps a new journey as a draft. */
export async function createJourney(deps: WithKinds, body: { name: string; graph: Graph }): Promise<JourneyView> {
  await refuseMistakes(deps, deps.db, body.graph);
  const id = newId(deps.clock);
  await insertJourney(deps.db, { id, ...body, now: deps.clock.now().toString() });
  deps.bus.changed("journey", id, ["graph"]);
  return readJourney(deps, id);
}

/** Changes the draft; whoever is on the way, and whoever enters, keeps to what is published. */
export async function changeJourney(
  deps: WithKinds,
  id: string,
  body: { name?: string | undefined; graph?: Graph | undefined },
): Promise<JourneyView> {
  if (body.graph) await refuseMistakes(deps, deps.db, body.graph);
  await inTransaction(deps.db, async (tx) => {
    const journey = openJourney(await lockJourney(tx, id));
    const graph = body.graph ?? journey.graph;
    await updateJourney(tx, { ...journey, graph, name: body.name ?? journey.name, now: deps.clock.now().toString() });
  });
  deps.bus.changed("journey", id, ["graph"]);
  return readJourney(deps, id);
}

export async function refuseMistakes(deps: WithKinds, db: Db, graph: Graph): Promise<void> {
  const errors = await findMistakes(deps, db, graph);
  if (errors.length > 0) throw refuse("journey_not_valid", undefined, errors);
}

/** The mistakes of a draft that is being drawn. */
export async function checkDraft(deps: WithKinds, graph: Graph): Promise<{ errors: FieldError[] }> {
  return { errors: await findMistakes(deps, deps.db, graph) };
}

/** What would keep this graph from being published. */
async function findMistakes(deps: WithKinds, db: Db, graph: Graph): Promise<FieldError[]> {
  return [...checkGraph(graph, deps.known), ...(await checkReferences(deps, db, graph, deps.known))];
}

/** The journey, when it exists and is not archived. */
export function openJourney(journey: StoredJourney | undefined): StoredJourney {
  if (!journey) throw refuse("journey_not_found");
  if (journey.status === "archived") throw refuse("journey_archived");
  return journey;
}
