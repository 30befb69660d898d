import { formatMoney } from "@kilim/sdk";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useCart } from "../cart/use-cart.ts";
import { colorName } from "../catalog/color-name.ts";
import { titleIn } from "../catalog/title-in.ts";
import type { ListItem, Step } from "./api.ts";
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
  const isCheaper = item.price.amount < item.price_when_added.amount;
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
        {item.available === 0 && <span className="error small">{t("stock.soldOut", { ns: "translation" })}</span>}
        <Measures item={item} />
        {item.chat_url && (
          <a href={item.chat_url} className="link small" rel="noreferrer">
            {t("chat")}
          </a>
        )}
        {item.photo_id && <ItemPhoto listId={listId} photoId={item.photo_id} share={share} title={title} />}
        {mayEdit ? (
          <Note item={item} title={title} onStep={onStep} />
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
            disabled={item.available === 0 || add.isPending}
            onClick={() => add.mutate({ variantId: item.variant_id, quantity: item.quantity })}
          >
            {hasAdded ? t("product.added", { ns: "translation" }) : t("product.add", { ns: "translation" })}
          </button>
          {mayEdit && !item.photo_id && (
            <PhotoButton
              listId={listId}
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

/** Who put it there, when it was not the reader's own hand alone. */
function Author({ item: { author } }: { readonly item: ListItem }) {
  const { t } = useWords();
  if (author.kind === "shopper") return null;
  return (
    <span className="soft small">{t(`by.${author.kind}`, { name: author.name ?? t(`someone.${author.kind}`) })}</span>
  );
}

function Measures({ item: { dimensions } }: { readonly item: ListItem }) {
  const { t, i18n } = useWords();
  const { width_mm, depth_mm, height_mm } = dimensions ?? {};
  const parts = [width_mm, depth_mm, height_mm].flatMap((mm) =>
    mm === undefined ? [] : [(mm / 10).toLocaleString(i18n.language)],
  );
  return parts.length === 0 ? null : <span className="soft small">{t("measures", { size: parts.join(" × ") })}</span>;
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

interface NoteProps {
  readonly item: ListItem;
  readonly title: string;
  readonly onStep: (step: Step) => void;
}

/** Kept when the field is left; what somebody else has written meanwhile shows as soon as nobody is typing here. */
function Note({ item, title, onStep }: NoteProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const note = typed?.trim() || null;
    if (typed !== null && note !== item.note) onStep({ op: "change", item_id: item.id, note });
    setTyped(null);
  };
  return (
    <input
      className={styles.noteField}
      aria-label={t("noteFor", { title })}
      placeholder={t("note")}
      maxLength={1_000}
      value={typed ?? item.note ?? ""}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
