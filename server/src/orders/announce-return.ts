import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { arrivesUntil, isTooLate, readAwaited } from "./await-returns.ts";
import type { OrderDeps } from "./check-out.ts";
import type { AnnounceBody, AnnouncedReturn } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { awaitedAt } from "./match-announced.ts";
import { insertAnnounced, loadAnnounced, withdrawAnnounced } from "./queries/announced-returns.pg.ts";
import { lockOrder, type OrderRow } from "./queries/orders.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import { readReturnable } from "./return-order.ts";

/** A buyer says what she sends back by post: never more than may come back and is not announced yet, in its time. */
export async function announceReturn(deps: OrderDeps, orderId: string, body: AnnounceBody): Promise<void> {
  const { clock } = deps;
  const id = newId(clock);
  const order = await inTransaction(deps.db, async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order) throw refuse("order_not_found");
    await checkAnnounceable(tx, clock.now(), orderId, body);
    await insertAnnounced(tx, { id, order_id: orderId, at: clock.now().toString() }, body.lines);
    return order;
  });
  tell(deps, order);
}

async function checkAnnounceable(tx: Tx, now: Temporal.Instant, orderId: string, body: AnnounceBody): Promise<void> {
  const may = new Map((await readReturnable(tx, now, orderId)).map((line) => [line.position, line]));
  const awaited = await readAwaited(tx, now, await loadPolicy(tx), orderId);
  const named = new Set<number>();
  const wrong: FieldError[] = [];
  for (const [i, { position, quantity }] of body.lines.entries()) {
    const line = may.get(position);
    const left = Math.max(0, (line?.quantity ?? 0) - awaitedAt(awaited, position));
    if (named.has(position)) wrong.push({ path: `lines.${i}.position`, message: "is named twice" });
    else if (quantity > left) wrong.push({ path: `lines.${i}.quantity`, message: `${left} may come back` });
    else if (line?.is_over) wrong.push({ path: `lines.${i}.position`, message: `its time was over ${line.until}` });
    named.add(position);
  }
  if (wrong.length > 0) throw refuse("not_returnable", undefined, wrong);
}

/** She keeps it after all. What has been taken back by then stays so. */
export async function withdrawReturn(deps: OrderDeps, orderId: string, id: string): Promise<void> {
  const order = await inTransaction(deps.db, async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order || !(await withdrawAnnounced(tx, orderId, id, deps.clock.now().toString())))
      throw refuse("return_not_announced");
    return order;
  });
  tell(deps, order);
}

export async function readAnnounced(db: Db, now: Temporal.Instant, orderId: string): Promise<AnnouncedReturn[]> {
  const policy = await loadPolicy(db);
  return (await loadAnnounced(db, orderId)).map(({ id, at, lines, withdrawn_at }) => {
    const isReceived = lines.every(({ quantity, received }) => received === quantity);
    const until = arrivesUntil({ at }, policy);
    return {
      id,
      at,
      state: isReceived ? "received" : withdrawn_at === null ? "announced" : "withdrawn",
      until: until.toString({ smallestUnit: "millisecond" }),
      is_over: isTooLate(now, until),
      lines: [...lines],
    };
  });
}

function tell({ bus }: OrderDeps, order: OrderRow): void {
  bus.changed("order", order.id, ["return"]);
  if (order.profile_id !== null) bus.changed("profile", order.profile_id, ["orders"]);
}
