import { listProducts, type Market, readSummaries } from "../catalog/index.ts";
import { type Holder, readCart, takeOverCart } from "../lists/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { isUuid } from "../platform/ids.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { DecideBody, Rule, Slot } from "./contracts.ts";
import { knowVisitor, type Visitor } from "./know-visitor.ts";
import { loadRules } from "./queries/rules.pg.ts";

export interface DecideDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  /** The segments a person is in now. */
  readonly segmentsOf: (db: Db, profileId: string) => Promise<readonly { readonly id: string }[]>;
  /** Messages that wait for whoever looks; with the brand's look when there are any. */
  readonly waitingFor: (holder: Holder) => Promise<{ readonly items: readonly object[]; readonly look?: object }>;
}

const SHOWN = 8;

interface Question {
  readonly deps: DecideDeps;
  readonly holder: Holder;
  readonly visitor: Visitor;
  readonly productId: string | undefined;
  readonly market: Market;
}

const BUILT_IN: Readonly<Record<string, (question: Question) => Promise<Slot>>> = {
  home_last_category: lastCategory,
  recently_viewed: recentlyViewed,
  cart,
  onsite_messages: onsiteMessages,
};

/** Answers all slots of a page at once. Slots without a meaning of their own are decided by rules. */
export async function decide(
  deps: DecideDeps,
  holder: Holder,
  body: DecideBody,
): Promise<{ slots: Record<string, Slot> }> {
  const visitor = await knowVisitor(deps.db, holder);
  const { product_id: productId, currency, region } = body.context;
  const question = { deps, holder, visitor, productId, market: { currency, region } };
  const names = [...new Set(body.slots)];
  const byRule = names.filter((name) => !Object.hasOwn(BUILT_IN, name));
  const [ruled, ...built] = await Promise.all([
    decideByRules(question, byRule),
    ...names.map(async (name) => [name, await BUILT_IN[name]?.(question)] as const),
  ]);
  const slots: Record<string, Slot> = { ...ruled };
  for (const [name, slot] of built) if (slot) slots[name] = slot;
  return { slots };
}

async function decideByRules({ deps, visitor }: Question, slots: readonly string[]): Promise<Record<string, Slot>> {
  if (slots.length === 0) return {};
  const rules = await loadRules(deps.db, slots);
  const asks = visitor.profileId !== null && rules.some((rule) => rule.segment_id !== null);
  const segments = asks && visitor.profileId !== null ? await deps.segmentsOf(deps.db, visitor.profileId) : [];
  const isIn = new Set(segments.map((segment) => segment.id));
  return Object.fromEntries(
    slots.map((slot) => {
      const fits = (rule: Rule) => rule.slot === slot && (rule.segment_id === null || isIn.has(rule.segment_id));
      return [slot, showRule(rules.find(fits))];
    }),
  );
}

function showRule(rule: Rule | undefined): Slot {
  if (!rule) return { variant: "default", reason: "no_rule" };
  const reason = rule.segment_id === null ? "rule_for_everybody" : "segment_rule";
  return { ...rule.content, rule_id: rule.id, reason };
}

async function lastCategory({ deps, visitor, market }: Question): Promise<Slot> {
  const category = visitor.lastCategory;
  const items = category === null ? [] : (await listProducts(deps.db, { category, limit: SHOWN, ...market })).items;
  // A category that is not ours (another client's word) continues nothing.
  if (items.length === 0) return { category: null, items: [], reason: "nothing_known" };
  return { category, items, reason: visitor.reasons.category };
}

async function recentlyViewed({ deps, visitor, productId, market }: Question): Promise<Slot> {
  const ids = visitor.viewed.filter((id) => isUuid(id) && id !== productId);
  const items = (await readSummaries(deps.db, ids, market)).slice(0, SHOWN);
  return { items, reason: items.length > 0 ? visitor.reasons.viewed : "nothing_known" };
}

async function onsiteMessages({ deps, holder }: Question): Promise<Slot> {
  const waiting = await deps.waitingFor(holder);
  const reason = holder.kind === "person" ? "waiting_for_person" : "waiting_on_device";
  return { ...waiting, reason: waiting.items.length > 0 ? reason : "nothing_known" };
}

async function cart({ deps, holder, visitor }: Question): Promise<Slot> {
  if (holder.kind === "person") await takeOverCart(deps, holder);
  const found = await readCart(deps.db, deps.clock, holder);
  return { ...found, reason: found.items.length > 0 ? visitor.reasons.cart : "nothing_known" };
}
