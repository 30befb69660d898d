import { useTranslation } from "react-i18next";
import { colorName } from "./color-name.ts";
import styles from "./filters.module.css";
import type { ProductSummary } from "./queries.ts";
import { sortSizes } from "./sort-sizes.ts";

interface Chosen {
  readonly size?: string | undefined;
  readonly color?: string | undefined;
}

interface FiltersProps {
  /** The unfiltered list: its sizes and colours are what there is to choose from. */
  readonly products: readonly ProductSummary[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: { size?: string; color?: string }) => void;
}

export function Filters({ products, chosen, onChoose }: FiltersProps) {
  const { t } = useTranslation();
  const sizes = sortSizes(new Set(products.flatMap((product) => product.sizes)));
  const hues = new Map(products.flatMap((product) => product.swatches.map(({ name, hex }) => [name, hex] as const)));
  const colors = [...hues.keys()].sort();
  if (sizes.length < 2 && colors.length < 2) return null;

  const choose = (change: Chosen) => {
    const { size, color } = { ...chosen, ...change };
    onChoose({ ...(size ? { size } : {}), ...(color ? { color } : {}) });
  };
  return (
    <div className={styles.filters}>
      {sizes.length > 1 && (
        <fieldset>
          <legend>{t("list.size")}</legend>
          {sizes.map((size) => (
            <button
              key={size}
              type="button"
              aria-pressed={size === chosen.size}
              onClick={() => choose({ size: size === chosen.size ? undefined : size })}
            >
              {size}
            </button>
          ))}
        </fieldset>
      )}
      {colors.length > 1 && (
        <fieldset>
          <legend>{t("list.color")}</legend>
          {colors.map((color) => (
            <button
              key={color}
              type="button"
              aria-pressed={color === chosen.color}
              onClick={() => choose({ color: color === chosen.color ? undefined : color })}
            >
              <span className={styles.dot} style={{ background: hues.get(color) ?? undefined }} />
              {colorName(t, color)}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
