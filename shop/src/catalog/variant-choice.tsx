import { useTranslation } from "react-i18next";
import { colorName } from "./color-name.ts";
import type { Variant, VariantAvailability } from "./queries.ts";
import { sortSizes } from "./sort-sizes.ts";
import styles from "./variant-choice.module.css";
import { type Choice, chosenVariant, keptChoice } from "./variants.ts";

interface VariantChoiceProps {
  readonly variants: readonly Variant[];
  readonly stock: readonly VariantAvailability[] | undefined;
  readonly choice: Choice;
  /** The shopper's own size in this category. */
  readonly own: string | undefined;
  readonly onChoose: (kept: string) => void;
}

export function VariantChoice({ variants, stock, choice, own, onChoose }: VariantChoiceProps) {
  const { t, i18n } = useTranslation();
  const hues = new Map(variants.flatMap(({ color, color_hex }) => (color ? [[color, color_hex] as const] : [])));
  const colors = [...hues.keys()];
  const sizes = sortSizes(
    new Set(variants.map((variant) => variant.size).filter((size) => size !== null)),
    i18n.language,
  );
  const choose = (change: Partial<Choice>) => onChoose(keptChoice(variants, { ...choice, ...change }));
  /** Sold out on the web, though perhaps not in a store: it can be looked at, so it stays choosable. */
  const isGone = (size: string) => {
    const variant = chosenVariant(variants, { ...choice, size });
    const found = stock?.find((item) => item.variant_id === variant?.id);
    return variant === undefined || (found !== undefined && found.web <= 0);
  };
  return (
    <div className={styles.choice}>
      {colors.length > 1 && (
        <fieldset>
          <legend>
            {t("product.color")} <span className="soft">{choice.color && colorName(t, choice.color)}</span>
          </legend>
          <div className={styles.options}>
            {colors.map((color) => (
              <button
                key={color}
                type="button"
                className={styles.color}
                aria-pressed={color === choice.color}
                aria-label={colorName(t, color)}
                onClick={() => choose({ color })}
              >
                <span style={{ background: hues.get(color) ?? undefined }} />
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {sizes.length > 1 && (
        <fieldset>
          <legend>
            {t("product.size")} <span className="soft">{choice.size}</span>{" "}
            {own !== undefined && own === choice.size && <span className="soft small">({t("product.yourSize")})</span>}
          </legend>
          <div className={styles.options}>
            {sizes.map((size) => (
              <button
                key={size}
                type="button"
                className={styles.size}
                aria-pressed={size === choice.size}
                data-gone={isGone(size)}
                onClick={() => choose({ size })}
              >
                {size}
                {isGone(size) && <span className="visually-hidden"> ({t("stock.soldOut")})</span>}
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
