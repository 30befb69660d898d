import { formatMoney } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AnnouncedReturn, BuyersReturns, Order, Returnable } from "../../../server/src/orders/contracts.ts";
import { useKilim } from "../kilim.tsx";
import { AnnounceReturn } from "./announce-return.tsx";
import styles from "./orders.module.css";
import { titleAt } from "./title-at.ts";

/** What she sends back by post, what became of it, and what else may still go back. */
export function Returns({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const path = `/v1/shopper/orders/${order.id}`;
  const returns = useQuery({
    queryKey: ["order", order.id, "returns"],
    queryFn: () => kilim.ask<BuyersReturns>("GET", `${path}/returns`),
  });
  const returnable = useQuery({
    queryKey: ["order", order.id, "returnable"],
    queryFn: () => kilim.ask<Returnable>("GET", `${path}/returnable`),
  });
  if (!returns.data || !returnable.data) return null;
  const { announced, taken_back: takenBack } = returns.data;
  const left = returnable.data.items
    .map((item) => ({ ...item, quantity: item.quantity - openAt(announced, item.position) }))
    .filter(({ quantity }) => quantity > 0);
  if (announced.length + takenBack.length + left.length === 0) return null;
  return (
    <section className="stack" data-testid="returns">
      <h2>{t("returns.title")}</h2>
      {announced.map((one) => (
        <Announced key={one.id} order={order} one={one} />
      ))}
      {takenBack.map((one) => (
        <TakenBack key={one.id} order={order} one={one} />
      ))}
      {left.length > 0 && <AnnounceReturn order={order} left={left} />}
    </section>
  );
}

function openAt(announced: readonly AnnouncedReturn[], position: number): number {
  return announced
    .filter(({ state }) => state === "announced")
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.position === position ? line.quantity - line.received : 0), 0);
}

function Announced({ order, one }: { readonly order: Order; readonly one: AnnouncedReturn }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long" }).format(new Date(one.at));
  // The day ends in the zone of the house: with its hour it is right in every zone.
  const end = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeStyle: "short" });
  const keep = useMutation({
    mutationFn: () => kilim.ask("POST", `/v1/shopper/orders/${order.id}/returns/${one.id}/withdraw`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ["order", order.id] }),
  });
  return (
    <div className={styles.returned} data-testid="announced-return">
      <p>
        <strong>{t(`returns.state.${one.state}`)}</strong> <span className="soft small">{day}</span>
      </p>
      <ul>
        {one.lines.map(({ position, quantity, received, reason }) => (
          <li key={position}>
            {titleAt(order, position, i18n.language)} × {quantity}
            <span className="soft small"> · {t(`returns.reason.${reason}`)}</span>
            {received > 0 && received < quantity && (
              <span className="soft small"> · {t("returns.received", { received, quantity })}</span>
            )}
          </li>
        ))}
      </ul>
      {one.state === "announced" && (
        <>
          <p className="soft small">{t("returns.how", { number: order.number })}</p>
          <p className="soft small">
            {t(one.is_over ? "returns.arrivalOver" : "returns.arrives", { day: end.format(new Date(one.until)) })}
          </p>
          <button type="button" className="link small" disabled={keep.isPending} onClick={() => keep.mutate()}>
            {t("returns.keep")}
          </button>
        </>
      )}
      {keep.isError && (
        <p className="error" role="alert">
          {t("orders.notDone")}
        </p>
      )}
    </div>
  );
}

interface TakenBackProps {
  readonly order: Order;
  readonly one: BuyersReturns["taken_back"][number];
}

function TakenBack({ order, one }: TakenBackProps) {
  const { t, i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long" }).format(new Date(one.at));
  const isBack = one.refunds.every(({ state }) => state === "done");
  return (
    <div className={styles.returned} data-testid="taken-back">
      <p>
        <strong>{t("returns.takenBack")}</strong>{" "}
        <span className="soft small">
          {one.number} · {day}
        </span>
      </p>
      <ul>
        {one.lines.map(({ position, quantity }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one line can come back in two conditions
          <li key={`${position} ${i}`}>
            {titleAt(order, position, i18n.language)} × {quantity}
          </li>
        ))}
      </ul>
      {one.refund.amount > 0 && (
        <p>
          {t(isBack ? "returns.moneyBack" : "returns.moneyComing", {
            amount: formatMoney(one.refund, i18n.language),
          })}
        </p>
      )}
    </div>
  );
}
