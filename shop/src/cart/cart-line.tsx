import { type BesideItem, type CartItem, formatMoney } from "@kilim/sdk";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { colorName } from "../catalog/color-name.ts";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import { Author, Chat, Measures, Note } from "../lists/beside-item.tsx";
import { ItemPhoto, PhotoButton } from "../lists/item-photo.tsx";
import { useWords } from "../lists/words.ts";
import styles from "./cart-page.module.css";

/** Below this the shopper is told how many there are. */
const FEW = 3;

interface CartLineProps {
  readonly item: CartItem;
  readonly isBusy: boolean;
  readonly onQuantity: (quantity: number) => void;
  readonly onSay: (beside: BesideItem) => void;
}

const PHOTOS = "/v1/cart/photos";

export function CartLine({ item, isBusy, onQuantity, onSay }: CartLineProps) {
  const { t, i18n } = useTranslation();
  const { t: tell } = useWords();
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
        <Stock item={item} />
        <Author item={item} />
        <Measures item={item} />
        <Chat item={item} />
        {item.photo_id && <ItemPhoto photos={PHOTOS} photoId={item.photo_id} title={title} />}
        <Note item={item} title={title} onKeep={(note) => onSay({ note })} />
        <div className={styles.quantity}>
          <button
            type="button"
            className={styles.step}
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
            className={styles.step}
            aria-label={t("cart.moreOf", { title })}
            disabled={isBusy || item.not_sold !== null || item.quantity >= item.available}
            onClick={() => onQuantity(item.quantity + 1)}
          >
            +
          </button>
          <button type="button" className="link small" disabled={isBusy} onClick={() => onQuantity(0)}>
            {t("cart.remove")}
          </button>
          {!item.photo_id && (
            <PhotoButton
              photos={PHOTOS}
              label={tell("photoFor", { title })}
              onDone={(photo_id) => onSay({ photo_id })}
            />
          )}
        </div>
      </div>
      <span className={styles.price}>{item.not_sold ? "–" : formatMoney(sum, i18n.language)}</span>
    </li>
  );
}

/** What keeps it from being bought, or how few there are. */
function Stock({ item }: Pick<CartLineProps, "item">) {
  const { t } = useTranslation();
  if (item.not_sold) return <span className="error small">{t(`notSold.${item.not_sold}`)}</span>;
  if (item.available < item.quantity) {
    return (
      <span className="error small">
        {item.available > 0 ? t("cart.fewer", { count: item.available }) : t("stock.soldOut")}
      </span>
    );
  }
  return item.available <= FEW && <span className={styles.few}>{t("stock.few", { count: item.available })}</span>;
}
