import { formatMoney, type Order } from "@kilim/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { colorName } from "../catalog/color-name.ts";
import { ListError } from "../catalog/list-error.tsx";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./account.module.css";

/** Orders of every channel: what was bought at a till stands here too. */
export function OrderList() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const orders = useQuery({ queryKey: ["orders"], queryFn: () => kilim.shopper.orders() });
  return (
    <section>
      <h2>{t("orders.title")}</h2>
      {orders.isError && <ListError retry={orders.refetch} />}
      {orders.data?.items.length === 0 && <p className="soft">{t("orders.none")}</p>}
      <ul className={styles.orders}>
        {orders.data?.items.map((order) => (
          <li key={order.id}>
            <OrderCard order={order} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OrderCard({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long" }).format(new Date(order.created_at));
  return (
    <article className={styles.order} data-testid="order">
      <header>
        <div>
          <strong>{date}</strong>
          <p className="soft small">
            {order.store_name ? t("orders.inStore", { store: order.store_name }) : t("orders.online")} ·{" "}
            <Link to="/orders/$order" params={{ order: order.id }} className="link">
              {order.number}
            </Link>
          </p>
        </div>
        <strong>{formatMoney(order.total, i18n.language)}</strong>
      </header>
      <ul className={styles.pictures}>
        {order.lines.map((line) => (
          <li key={line.variant_id}>
            <Link to="/p/$product" params={{ product: line.product_id }} className={styles.line}>
              <img src={small(line.image_url)} alt="" loading="lazy" width="56" height="56" />
              <span>
                {titleIn(i18n.language, line)}
                <br />
                <span className="soft small">
                  {[line.color && colorName(t, line.color), line.size].filter(Boolean).join(" · ")} × {line.quantity}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}
