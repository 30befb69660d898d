import type { z } from "zod";

import { evaluate } from "../experiments/index.ts";
import type { Db } from "../platform/db.ts";
import type { Graph, resultsView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { goalSeconds } from "./graph/shapes.ts";
import { type Experiment, winnerAmong } from "./nodes/experiment.ts";
import { readDraws, type Tally } from "./queries/flows.pg.ts";
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
        const alike = new Map(draws.filter(({ is_alike }) => is_alike).map((draw) => [draw.way, draw]));
        const settled = winnerAmong(kind, alike);
        return {
          node,
          evaluation: judge(armsOf(kind, alike)),
          left_out: others.reduce((sum, { people }) => sum + people, 0),
          settled: settled === null ? null : (kind.variants[settled]?.name ?? null),
          given: [...alike.values()].reduce((sum, { given }) => sum + given, 0),
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

function armsOf({ variants, holdout, winner }: Experiment, draws: ReadonlyMap<string, Tally>): Arms {
  const shares = variants.reduce((sum, { share }) => sum + share, 0);
  const held = holdout?.share ?? 0;
  const arm = (name: string, way: string, share: number) => {
    const { people = 0, drawn = 0, converted = 0 } = draws.get(way) ?? {};
    return { id: name, weight: share, people, drawn, conversions: converted };
  };
  // People are held out also once a winner gets all others: beside it only the variants are a split.
  const heldOut = arm("holdout", "holdout.next", held);
  return [
    ...(holdout ? [winner ? { ...heldOut, weight: 0, drawn: 0 } : heldOut] : []),
    ...variants.map(({ name, share }, index) => arm(name, `variants.${index}.next`, ((100 - held) * share) / shares)),
  ];
}

function judge(arms: Arms) {
  return evaluate({ arms, confidence: 0.95, winner: "sequential", least_people: 100, least_conversions: 25 });
}
