import type { z } from "zod";

import { evaluate } from "../experiments/index.ts";
import type { Db } from "../platform/db.ts";
import type { Graph, resultsView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { goalSeconds } from "./graph/shapes.ts";
import type { Experiment } from "./nodes/experiment.ts";
import { type Draw, readDraws } from "./queries/flows.pg.ts";
import { holdoutTally } from "./queries/holdout-tally.pg.ts";
import { loadJourney, publishedGraph } from "./queries/journey-rows.pg.ts";

type Arms = Parameters<typeof evaluate>[0]["arms"];

/**
 * How the experiments of what is live stand, each among those to whom it was offered in the shares of today, and what the
 * journey is worth beside those who are only watched.
 */
export async function readResults({ db }: Pick<JourneysDeps, "db">, id: string): Promise<z.infer<typeof resultsView>> {
  const journey = await loadJourney(db, id);
  if (!journey) throw refuse("journey_not_found");
  const graph = await publishedGraph(db, id, journey.version);
  if (!graph) return { holdout: null, experiments: [] };
  const experiments = Object.entries(graph.nodes).flatMap(([node, kind]) =>
    kind.kind === "experiment" ? [{ node, kind }] : [],
  );
  return {
    holdout: graph.holdout ? judge(await watched(db, { id, version: journey.version, graph })) : null,
    experiments: await Promise.all(
      experiments.map(async ({ node, kind }) => {
        const draws = await readDraws(db, id, node, journey.version);
        const others = draws.filter(({ is_alike }) => !is_alike);
        return {
          node,
          evaluation: judge(armsOf(kind, draws)),
          left_out: others.reduce((sum, { passed }) => sum + passed, 0),
        };
      }),
    ),
  };
}

async function watched(
  db: Db,
  { id, version, graph }: { readonly id: string; readonly version: number; readonly graph: Graph },
): Promise<Arms> {
  const tallies = await holdoutTally(db, { journeyId: id, version, seconds: goalSeconds(graph.goal) });
  const share = graph.holdout ?? 0;
  const arm = (name: string, weight: number, isHeld: boolean) => {
    const { people = 0, conversions = 0 } = tallies.find(({ held }) => held === isHeld) ?? {};
    return { id: name, weight, people, conversions };
  };
  return [arm("holdout", share, true), arm("journey", 100 - share, false)];
}

function armsOf({ variants, holdout, winner }: Experiment, draws: readonly Draw[]): Arms {
  const shares = variants.reduce((sum, { share }) => sum + share, 0);
  const held = holdout?.share ?? 0;
  const arm = (name: string, way: string, share: number) => {
    const { passed = 0, converted = 0 } = draws.find((draw) => draw.is_alike && draw.way === way) ?? {};
    // Once one has won by itself the others get nobody more: that is no broken split.
    return { id: name, weight: winner ? passed : share, people: passed, conversions: converted };
  };
  return [
    ...(holdout ? [arm("holdout", "holdout.next", held)] : []),
    ...variants.map(({ name, share }, index) => arm(name, `variants.${index}.next`, ((100 - held) * share) / shares)),
  ];
}

function judge(arms: Arms) {
  return evaluate({ arms, confidence: 0.95, winner: "sequential", least_people: 100, least_conversions: 25 });
}
