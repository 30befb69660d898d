import { formatMoney } from "@kilim/sdk";
import { Link } from "@tanstack/react-router";
import { useCart } from "../cart/use-cart.ts";
import { colorName } from "../catalog/color-name.ts";
import { titleIn } from "../catalog/title-in.ts";
import type { ListItem, Step } from "./api.ts";
import { Author, Chat, Measures, Note } from "./beside-item.tsx";
import { ItemPhoto, PhotoButton } from "./item-photo.tsx";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

interface ListLineProps {
  readonly listId: string;
  readonly item: ListItem;
  readonly mayEdit: boolean;
  readonly share: string | null;
  readonly onStep: (step: Step) => void;
  readonly onRemove: () => void;
}

export function ListLine({ listId, item, mayEdit, share, onStep, onRemove }: ListLineProps) {
  const { t, i18n } = useWords();
  const { add } = useCart();
  const title = titleIn(i18n.language, item);
  const facts = [item.color && colorName(t, item.color), item.size].filter(Boolean).join(" · ");
  const photos = `/v1/shopping-lists/${listId}/photos`;
  const isCheaper =
    item.price.currency === item.price_when_added.currency && item.price.amount < item.price_when_added.amount;
  const hasAdded = add.isSuccess && add.variables.variantId === item.variant_id;
  return (
    <li className={styles.line} data-testid="list-line">
      <img src={item.image_url} alt="" width="96" height="96" className={styles.picture} loading="lazy" />
      <div className={styles.facts}>
        <Link to="/p/$product" params={{ product: item.product_id }} search={{ variant: item.variant_id }}>
          {title}
        </Link>
        <span className="soft">{facts}</span>
        <Author item={item} />
        {isCheaper && (
          <span className={styles.good}>
            {t("cheaper", { price: formatMoney(item.price_when_added, i18n.language) })}
          </span>
        )}
        {(item.not_sold || item.available === 0) && (
          <span className="error small">
            {t(item.not_sold ? `notSold.${item.not_sold}` : "stock.soldOut", { ns: "translation" })}
          </span>
        )}
        <Measures item={item} />
        <Chat item={item} />
        {item.photo_id && <ItemPhoto photos={photos} photoId={item.photo_id} share={share} title={title} />}
        {mayEdit ? (
          <Note item={item} title={title} onKeep={(note) => onStep({ op: "change", item_id: item.id, note })} />
        ) : (
          item.note && <p className={styles.note}>{item.note}</p>
        )}
        <div className={styles.tools}>
          {mayEdit && (
            <Quantity
              item={item}
              title={title}
              onChange={(quantity) => onStep({ op: "change", item_id: item.id, quantity })}
            />
          )}
          <button
            type="button"
            className="button quiet"
            disabled={item.not_sold !== null || item.available === 0 || add.isPending}
            onClick={() => add.mutate({ variantId: item.variant_id, quantity: item.quantity })}
          >
            {hasAdded ? t("product.added", { ns: "translation" }) : t("product.add", { ns: "translation" })}
          </button>
          {mayEdit && !item.photo_id && (
            <PhotoButton
              photos={photos}
              share={share}
              label={t("photoFor", { title })}
              onDone={(photo_id) => onStep({ op: "change", item_id: item.id, photo_id })}
            />
          )}
          {mayEdit && (
            <button type="button" className="link small" onClick={onRemove} aria-label={t("removeFor", { title })}>
              {t("remove")}
            </button>
          )}
        </div>
      </div>
      <strong className={styles.price}>
        {formatMoney({ ...item.price, amount: item.price.amount * item.quantity }, i18n.language)}
      </strong>
    </li>
  );
}

interface QuantityProps {
  readonly item: ListItem;
  readonly title: string;
  readonly onChange: (quantity: number) => void;
}

function Quantity({ item, title, onChange }: QuantityProps) {
  const { t } = useWords();
  return (
    <span className={styles.quantity}>
      <button
        type="button"
        aria-label={t("less", { title })}
        disabled={item.quantity === 1}
        onClick={() => onChange(item.quantity - 1)}
      >
        −
      </button>
      <span>{item.quantity}</span>
      <button
        type="button"
        aria-label={t("more", { title })}
        disabled={item.quantity === 99}
        onClick={() => onChange(item.quantity + 1)}
      >
        +
      </button>
    </span>
  );
}
