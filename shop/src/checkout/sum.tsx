import { type Cart, formatMoney, type Money } from "@kilim/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { colorName } from "../catalog/color-name.ts";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./checkout.module.css";

/** What carrying it there costs; nothing where it is picked up. Undefined while it is asked. */
export function useShipping(cart: Cart | undefined, country: string | null): Money | undefined {
  const kilim = useKilim();
  const quote = useQuery({
    queryKey: ["shipping", cart?.currency, cart?.total, country],
    queryFn: () =>
      kilim.ask<{ price: Money }>(
        "GET",
        `/v1/shipping?currency=${cart?.currency}&country=${country}&worth=${cart?.total ?? 0}`,
      ),
    enabled: !!cart && country !== null,
  });
  if (!cart) return undefined;
  return country === null ? { amount: 0, currency: cart.currency } : quote.data?.price;
}

/** The lines, the postage and the whole. */
export function Sum({ cart, shipping }: { readonly cart: Cart; readonly shipping: Money | undefined }) {
  const { t, i18n } = useTranslation();
  const money = (amount: number) => formatMoney({ amount, currency: cart.currency }, i18n.language);
  return (
    <aside className={styles.lines}>
      <ul className={styles.list}>
        {cart.items.map((item) => (
          <li key={item.variant_id} className={styles.line}>
            <img src={small(item.image_url)} alt="" width="56" height="56" />
            <span>
              {titleIn(i18n.language, item)}
              <br />
              <span className="soft small">
                {[item.color && colorName(t, item.color), item.size].filter(Boolean).join(" · ")} × {item.quantity}
              </span>
            </span>
            <span>{money(item.price.amount * item.quantity)}</span>
          </li>
        ))}
      </ul>
      <dl className={styles.total}>
        <dt>{t("checkout.shipping")}</dt>
        <dd>{shipping ? (shipping.amount === 0 ? t("checkout.free") : money(shipping.amount)) : "…"}</dd>
        <dt>
          <strong>{t("cart.total")}</strong>
        </dt>
        <dd>
          <strong>{money(cart.total + (shipping?.amount ?? 0))}</strong>
        </dd>
      </dl>
    </aside>
  );
}
