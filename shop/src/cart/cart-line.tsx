import { type CartItem, formatMoney } from "@kilim/sdk";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { colorName } from "../catalog/color-name.ts";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import styles from "./cart-page.module.css";

/** Below this the shopper is told how many there are. */
const FEW = 3;

interface CartLineProps {
  readonly item: CartItem;
  readonly isBusy: boolean;
  readonly onQuantity: (quantity: number) => void;
}

export function CartLine({ item, isBusy, onQuantity }: CartLineProps) {
  const { t, i18n } = useTranslation();
  const title = titleIn(i18n.language, item);
  const facts = [item.color && colorName(t, item.color), item.size].filter(Boolean).join(" · ");
  const sum = { amount: item.price.amount * item.quantity, currency: item.price.currency };
  return (
    <li className={styles.line} data-testid="cart-line">
      <Link
        to="/p/$product"
        params={{ product: item.product_id }}
        search={{ variant: item.variant_id }}
        aria-hidden="true"
        tabIndex={-1}
      >
        <img src={small(item.image_url)} alt="" width="96" height="96" className={styles.picture} />
      </Link>
      <div className={styles.facts}>
        <Link to="/p/$product" params={{ product: item.product_id }} search={{ variant: item.variant_id }}>
          {title}
        </Link>
        <span className="soft">{facts}</span>
        {item.available < item.quantity ? (
          <span className="error small">
            {item.available > 0 ? t("cart.fewer", { count: item.available }) : t("stock.soldOut")}
          </span>
        ) : (
          item.available <= FEW && <span className={styles.few}>{t("stock.few", { count: item.available })}</span>
        )}
        <div className={styles.quantity}>
          <button
            type="button"
            aria-label={t("cart.fewerOf", { title })}
            disabled={isBusy}
            onClick={() => onQuantity(item.quantity - 1)}
          >
            −
          </button>
          <span role="status" aria-label={t("cart.quantity")}>
            {item.quantity}
          </span>
          <button
            type="button"
            aria-label={t("cart.moreOf", { title })}
            disabled={isBusy || item.quantity >= item.available}
            onClick={() => onQuantity(item.quantity + 1)}
          >
            +
          </button>
          <button type="button" className="link small" disabled={isBusy} onClick={() => onQuantity(0)}>
            {t("cart.remove")}
          </button>
        </div>
      </div>
      <span className={styles.price}>{formatMoney(sum, i18n.language)}</span>
    </li>
  );
}
