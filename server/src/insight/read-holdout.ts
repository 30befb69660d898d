import { evaluate, readHoldout } from "../experiments/index.ts";
import type { HoldoutResults } from "./contracts.ts";
import { type HoldoutArm, holdoutArms } from "./queries/holdout-arms.ch.ts";
import { salesByCurrency } from "./queries/sales-by-currency.ch.ts";
import { type InsightDeps, NO_CURRENCY } from "./read-overview.ts";

/** What all of marketing is worth: who gets it beside who is held out of it, since the share is what it is. */
export async function readHoldoutResults({ db, history, clock }: InsightDeps): Promise<HoldoutResults> {
  const { share, since } = await readHoldout(db);
  if (share === 0 || since === null) return { share, since, currency: NO_CURRENCY, evaluation: null, arms: [] };
  const currencies = await salesByCurrency(history, { from: since, to: clock.now().toString() });
  const currency = currencies[0]?.currency ?? NO_CURRENCY;
  const found = await holdoutArms(history, { share, since, currency });
  const arm = (id: "held_out" | "marketing", weight: number) => {
    const { people = 0, buyers = 0, revenue = 0, squares = 0 } = found.find(({ held }) => held === ARMS[id]) ?? {};
    return { id, weight, people, conversions: buyers, revenue: { sum: revenue, squares } };
  };
  const arms = [arm("held_out", share), arm("marketing", 1 - share)];
  return {
    share,
    since,
    currency,
    arms: arms.map(({ id, people, conversions, revenue }) => ({
      id,
      people,
      buyers: conversions,
      revenue: revenue.sum,
    })),
    evaluation: evaluate({ arms, confidence: 0.95, winner: "none", least_people: 100, least_conversions: 25 }),
  };
}

const ARMS: Readonly<Record<"held_out" | "marketing", HoldoutArm["held"]>> = { held_out: 1, marketing: 0 };
