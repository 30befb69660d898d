import { formatMoney } from "@kilim/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { colorName } from "./color-name.ts";
import styles from "./facets.module.css";
import { type ListFilter, type SearchAnswer, storesQuery } from "./queries.ts";
import { sortSizes } from "./sort-sizes.ts";

interface FacetsProps {
  readonly answer: SearchAnswer | undefined;
  readonly chosen: ListFilter;
  readonly onChoose: (change: ListFilter) => void;
}

const SORTS = ["relevance", "new", "price", "-price", "rating", "title"] as const;
/** So many parts of the way from the cheapest to the dearest are offered as a limit. */
const STEPS = 4;

/** What the list can be narrowed by, each with how many there would be; what is hers is said and can be lifted. */
export function Facets({ answer, chosen, onChoose }: FacetsProps) {
  const { t, i18n } = useTranslation();
  if (!answer) return <div className={styles.waiting} aria-hidden="true" />;
  const { facets, own_sizes } = answer;
  return (
    <div className={styles.facets}>
      {own_sizes.length > 0 && (
        <p className={styles.own} data-testid="own-size">
          {t("list.ownSize", { sizes: own_sizes.join(", ") })}{" "}
          <button type="button" className="link" onClick={() => onChoose({ size: "all" })}>
            {t("list.allSizes")}
          </button>
        </p>
      )}
      <Choices
        name={t("list.size")}
        values={sortSizes(
          facets.size.map(({ value }) => value),
          i18n.language,
        )}
        counts={facets.size}
        chosen={chosen.size === "all" ? undefined : chosen.size}
        onChoose={(size) => onChoose({ size })}
      />
      <Choices
        name={t("list.color")}
        values={facets.color.map(({ value }) => value)}
        counts={facets.color}
        chosen={chosen.color}
        label={(value) => colorName(t, value)}
        onChoose={(color) => onChoose({ color })}
      />
      <div className={styles.selects}>
        <StockSelect facets={facets} chosen={chosen.stock} onChoose={(stock) => onChoose({ stock })} />
        <PriceSelect facets={facets} chosen={chosen.price_max} onChoose={(price_max) => onChoose({ price_max })} />
        <Select name={t("list.sort")} value={chosen.sort ?? ""} onChoose={(sort) => onChoose({ sort })}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort === "relevance" ? "" : sort}>
              {t(`sort.${sort}`)}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}

interface ChoicesProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly counts: SearchAnswer["facets"]["size"];
  readonly chosen: string | undefined;
  readonly label?: (value: string) => string;
  readonly onChoose: (value: string | undefined) => void;
}

function Choices({ name, values, counts, chosen, label = (value) => value, onChoose }: ChoicesProps) {
  // What was chosen stays in sight, also where it finds nothing.
  const shown = chosen !== undefined && !values.includes(chosen) ? [chosen, ...values] : values;
  if (shown.length < 2 && chosen === undefined) return null;
  return (
    <fieldset>
      <legend>{name}</legend>
      {shown.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value === chosen ? undefined : value)}
        >
          {label(value)} <small>{counts.find((one) => one.value === value)?.count ?? 0}</small>
        </button>
      ))}
    </fieldset>
  );
}

interface SelectProps {
  readonly name: string;
  readonly value: string;
  readonly onChoose: (value: string | undefined) => void;
  readonly children: React.ReactNode;
}

function Select({ name, value, onChoose, children }: SelectProps) {
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => onChoose(event.target.value || undefined)}>
        {children}
      </select>
    </label>
  );
}

interface FacetSelectProps {
  readonly facets: SearchAnswer["facets"];
  readonly chosen: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

/** Where it can be had now: delivered, or in one of the stores. */
function StockSelect({ facets, chosen, onChoose }: FacetSelectProps) {
  const { t } = useTranslation();
  const stores = useQuery(storesQuery(useKilim())).data?.items ?? [];
  const countOf = (place: string) => facets.stock.find(({ value }) => value === place)?.count ?? 0;
  return (
    <Select name={t("list.stock")} value={chosen ?? ""} onChoose={onChoose}>
      <option value="">{t("list.anywhere")}</option>
      <option value="web">{`${t("stock.online")} (${countOf("web")})`}</option>
      {stores.map(({ id, name }) => (
        <option key={id} value={id}>
          {`${name} (${countOf(id)})`}
        </option>
      ))}
    </Select>
  );
}

function PriceSelect({ facets: { price }, chosen, onChoose }: FacetSelectProps) {
  const { t, i18n } = useTranslation();
  if (!price || (price.min === price.max && chosen === undefined)) return null;
  const { min, max, currency } = price;
  const limits = new Set(Array.from({ length: STEPS }, (_, i) => roundUp(min + ((max - min) * (i + 1)) / (STEPS + 1))));
  if (chosen !== undefined) limits.add(Number(chosen));
  return (
    <Select name={t("list.price")} value={chosen ?? ""} onChoose={onChoose}>
      <option value="">{t("list.anyPrice")}</option>
      {[...limits]
        .sort((a, b) => a - b)
        .map((amount) => (
          <option key={amount} value={amount}>
            {t("list.upTo", { price: formatMoney({ amount, currency }, i18n.language, true) })}
          </option>
        ))}
    </Select>
  );
}

/** To a number somebody would say: one digit and noughts, or one and a half of them. */
function roundUp(amount: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 1) * 5;
  return Math.ceil(amount / step) * step;
}
