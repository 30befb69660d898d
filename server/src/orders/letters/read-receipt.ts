import { readStores } from "../../catalog/index.ts";
import type { Db } from "../../platform/db.ts";
import type { House, HouseIn } from "../../platform/house.ts";
import { minorDigits, toMajor } from "../../platform/money.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { receiptCode } from "../collection-code.ts";
import { refuse } from "../errors.ts";
import { loadLines, loadOrder, type OrderRow } from "../queries/orders.pg.ts";
import { loadPayments } from "../queries/payments.pg.ts";
import { fill, type Language, wordsIn } from "./words.ts";

export interface ReceiptDeps {
  readonly db: Db;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  /** Who sells, as its customers know it. */
  readonly house: HouseIn;
  /** Its logo as PDF takes it. */
  readonly printLogo: () => Promise<Buffer | null>;
}

/** A receipt as it is printed: words only, in one language. It names nobody. */
export interface Receipt {
  readonly language: Language;
  readonly house: House;
  readonly title: string;
  readonly number: string;
  /** Where and when: store, day, till. */
  readonly place: readonly string[];
  readonly lines: readonly {
    readonly title: string;
    readonly note: string;
    readonly quantity: number;
    readonly total: string;
  }[];
  readonly sums: readonly { readonly label: string; readonly amount: string; readonly isTotal: boolean }[];
  /** Opens the receipt in a browser; a till reads the order's code from it. */
  readonly link: string;
}

export function receiptLink({ secrets, publicUrl }: Pick<ReceiptDeps, "secrets" | "publicUrl">, orderId: string) {
  return `${publicUrl}/r/${receiptCode(secrets, orderId)}`;
}

export async function readReceipt(deps: ReceiptDeps, orderId: string, language: Language): Promise<Receipt> {
  const order = await loadOrder(deps.db, orderId);
  if (!order?.paid_at) throw refuse("receipt_not_found");
  const [lines, payments, stores, house] = await Promise.all([
    loadLines(deps.db, [orderId]),
    loadPayments(deps.db, orderId),
    readStores(deps.db),
    deps.house(language),
  ]);
  const words = wordsIn(language);
  const money = (amount: number) => printMoney(amount, order.currency, language);
  const store = stores.find((one) => one.id === order.store_id);
  const sum = (label: string, amount: number) =>
    amount === 0 ? [] : [{ label, amount: money(amount), isTotal: false }];
  return {
    language,
    house,
    title: fill(words.receipt, { number: order.number }),
    number: order.number,
    place: placeOf(order, store, language),
    lines: lines.map((line) => ({
      title: line.titles[language] ?? line.title,
      note: [line.sku, line.size, line.color, line.returned > 0 ? fill(words.returned, { n: line.returned }) : null]
        .filter((part) => part !== null)
        .join(" · "),
      quantity: line.quantity,
      total: money(line.unit_price * line.quantity),
    })),
    sums: [
      ...sum(words.discount, -order.discount),
      ...sum(words.shipping, order.shipping),
      { label: words.total, amount: money(order.total), isTotal: true },
      ...sum(words.tax, order.tax),
      ...payments.map(({ method, amount }) => ({
        label: `${words.paid}: ${words.tenders[method] ?? method}`,
        amount: money(amount),
        isTotal: false,
      })),
      ...sum(words.refunded, -order.refunded),
    ],
    link: receiptLink(deps, orderId),
  };
}

/** As people there write it, with our own number of decimals: `Intl` has others for some currencies. */
function printMoney(amount: number, currency: string, language: Language): string {
  const digits = minorDigits(currency);
  return toMajor(amount, currency).toLocaleString(language, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function placeOf(
  order: OrderRow,
  store: { name: string; city: string; timezone: string } | undefined,
  language: Language,
): string[] {
  const words = wordsIn(language);
  const at = new Date(order.paid_at ?? order.placed_at);
  const time = at.toLocaleString(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: store?.timezone ?? "UTC",
  });
  return [
    store ? `${store.name}, ${store.city}` : "",
    time,
    [
      order.business_day === null ? "" : fill(words.day, { day: order.business_day }),
      order.till === null ? "" : fill(words.till, { till: order.till }),
    ]
      .filter((part) => part !== "")
      .join(", "),
  ].filter((line) => line !== "");
}
