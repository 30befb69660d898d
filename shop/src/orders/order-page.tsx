import { formatMoney } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Order, Tracking } from "../../../server/src/orders/contracts.ts";
import { useSignedIn } from "../account/use-shopper.ts";
import { colorName } from "../catalog/color-name.ts";
import { ListError } from "../catalog/list-error.tsx";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { Collectors } from "./collector.tsx";
import styles from "./orders.module.css";
import { Returns } from "./returns.tsx";
import { useReadyText } from "./use-ready-text.ts";

/** One order: where it stands, how it came there, the code for the counter, and again with one tap. */
export function OrderPage() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const { order: id } = useParams({ from: "/orders/$order" });
  const isSignedIn = useSignedIn();
  const order = useQuery({
    queryKey: ["order", id],
    queryFn: () => kilim.ask<Order>("GET", `/v1/shopper/orders/${id}`),
    enabled: isSignedIn,
  });
  usePage(t("orders.title"));
  if (order.isError) {
    return (
      <div className="page">
        <ListError retry={order.refetch} />
      </div>
    );
  }
  return order.data ? <LoadedOrder order={order.data} /> : <div className="page" />;
}

function LoadedOrder({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const ready = useReadyText(order.fulfilments);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long" });
  const isReady = order.fulfilments.some(({ state }) => state === "ready");
  const codes = order.fulfilments.flatMap((one) => one.collection_code ?? []);
  return (
    <div className="page narrow stack">
      <header>
        <p className="soft small">
          {order.number} · {date.format(new Date(order.placed_at))}
        </p>
        <h1>{t(isReady ? "orders.step.ready" : `orders.status.${order.status}`)}</h1>
        {ready && <p>{ready}</p>}
      </header>
      {codes.map((code) => (
        <p key={code} className={styles.code}>
          <span className="soft small">{t("orders.code")}</span>
          <strong>{code}</strong>
        </p>
      ))}
      <Collectors fulfilments={order.fulfilments} />
      <Steps order={order} />
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <li key={line.position}>
            <Link to="/p/$product" params={{ product: line.product_id }} search={{ variant: line.variant_id }}>
              <img src={small(line.image_url)} alt="" width="64" height="64" />
              <span>
                {titleIn(i18n.language, line)}
                <br />
                <span className="soft small">
                  {[line.color && colorName(t, line.color), line.size].filter(Boolean).join(" · ")} × {line.quantity}
                </span>
              </span>
              <span>{formatMoney(line.total, i18n.language)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("cart.total")}</span>
        <strong>{formatMoney(order.total, i18n.language)}</strong>
      </p>
      <Returns order={order} />
      <Deeds order={order} />
    </div>
  );
}

function Steps({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const tracking = useQuery({
    queryKey: ["order", order.id, "tracking"],
    queryFn: () => kilim.ask<Tracking>("GET", `/v1/shopper/orders/${order.id}/tracking`),
  });
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  const links = order.fulfilments.flatMap(({ tracking: way }) => (way?.url ? [way] : []));
  return (
    <section>
      <h2>{t("orders.way")}</h2>
      <ol className={styles.steps}>
        {tracking.data?.steps.map((step) => (
          <li key={`${step.at} ${step.step} ${step.fulfilment_id}`}>
            <strong>{t(`orders.step.${step.step}`)}</strong>
            {step.note && <span className="soft small"> {step.note}</span>}
            <br />
            <time className="soft small" dateTime={step.at}>
              {time.format(new Date(step.at))}
            </time>
          </li>
        ))}
      </ol>
      {links.map(({ url, carrier }) => (
        <p key={url}>
          <a href={url ?? undefined} className="link" rel="noreferrer">
            {t("orders.carrier", { carrier })}
          </a>
        </p>
      ))}
    </section>
  );
}

function Deeds({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const again = useMutation({
    mutationFn: () => kilim.ask("POST", `/v1/shopper/orders/${order.id}/reorder`, {}),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ["cart"] });
      await navigate({ to: "/cart" });
    },
  });
  const cancel = useMutation({
    mutationFn: () => kilim.ask("POST", `/v1/shopper/orders/${order.id}/cancel`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ["order", order.id] }),
  });
  const isOpen = order.state === "placed" && order.fulfilment.state === "unfulfilled";
  return (
    <>
      {(again.isError || cancel.isError) && (
        <p className="error" role="alert">
          {t("orders.notDone")}
        </p>
      )}
      <div className={styles.deeds}>
        <button type="button" className="button" disabled={again.isPending} onClick={() => again.mutate()}>
          {t("orders.again")}
        </button>
        {isOpen && (
          <button
            type="button"
            className="button quiet"
            disabled={cancel.isPending}
            onClick={() => (isAsking ? cancel.mutate() : setAsking(true))}
          >
            {isAsking ? t("orders.cancelSure") : t("orders.cancel")}
          </button>
        )}
      </div>
    </>
  );
}
