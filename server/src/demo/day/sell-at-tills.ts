import type { Clock } from "../../platform/clock.ts";
import { demoCatalogue } from "../catalogue.ts";
import type { Person } from "../people/make-people.ts";
import { type Api, idOf } from "./api.ts";
import { choose } from "./choose.ts";

const TENDERS = ["card", "cash", "card", "gift_card"] as const;
/** The newest sale is a few minutes old, the others lie an hour or so apart. */
const APART = { minutes: 47 };

/** Sales in all three stores since yesterday; one of them comes back the same day. */
export async function sellAtTills(api: Api, clock: Clock, customers: readonly Person[]): Promise<void> {
  let soldAt = clock.now().subtract({ minutes: 4 });
  for (const [i, { email, language }] of customers.entries()) {
    const store = demoCatalogue.stores[i % demoCatalogue.stores.length];
    if (!store) return;
    const sale = await api({
      method: "POST",
      url: "/v1/orders",
      body: {
        channel: "store",
        store_id: store.id,
        email,
        language,
        till: "1",
        business_day: soldAt.toZonedDateTimeISO(store.timezone).toPlainDate().toString(),
        payment: TENDERS[i % TENDERS.length],
        order_id: `demo-till-${i}`,
        sold_at: soldAt.toString(),
        lines: choose(i, 1 + (i % 3)).map(({ id }) => ({ variant_id: id, quantity: 1 })),
      },
    });
    if (i === 2) await giveBack(api, idOf(sale), store.id);
    soldAt = soldAt.subtract(APART);
  }
}

async function giveBack(api: Api, order: string, store: string): Promise<void> {
  const lines = [{ position: 1, quantity: 1, condition: "damaged", reason: "A seam is open" }];
  await api({ method: "POST", url: `/v1/orders/${order}/returns`, body: { channel: "store", store_id: store, lines } });
}
