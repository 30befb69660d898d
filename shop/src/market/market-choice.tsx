import { KilimError } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCart } from "../cart/use-cart.ts";
import { useKilim } from "../kilim.tsx";
import { keepMarket, nameOfMarket, readMarketName } from "./market.ts";
import { marketsQuery } from "./markets-query.ts";
import { useMarket } from "./use-market.ts";

/** Where she buys, where there is more than one place to choose from: prices and currency follow on every page and device. */
export function MarketChoice() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const { keep } = useCart();
  const market = useMarket();
  const markets = useQuery(marketsQuery(kilim)).data?.items ?? [];
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: async (name: string) => {
      const { currency = "", region } = readMarketName(name) ?? {};
      return kilim.cart.choose(currency, region);
    },
    onSuccess: async (cart, name) => {
      keepMarket(readMarketName(name) ?? {});
      keep(cart);
      for (const key of ["lists", "list"]) void queries.invalidateQueries({ queryKey: [key] });
      // A limit in another currency means nothing here.
      await navigate({ to: ".", search: ({ price_max: _, ...search }) => search, replace: true, resetScroll: false });
    },
  });
  if (markets.length < 2) return null;
  const names = markets.map(({ currency, region }) => nameOfMarket({ currency, ...(region ? { region } : {}) }));
  const held = nameOfMarket(market);
  return (
    <>
      <label>
        {t("market.label")}
        <select
          value={names.includes(held) ? held : names[0]}
          disabled={choose.isPending}
          onChange={(event) => choose.mutate(event.target.value)}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {titleOf(name, i18n.language)}
            </option>
          ))}
        </select>
      </label>
      {choose.isError && (
        <p className="error small" role="alert">
          {choose.error instanceof KilimError && choose.error.status === 409 ? (
            <>
              {t("market.refused")}{" "}
              <Link to="/cart" className="link">
                {t("product.toCart")}
              </Link>
            </>
          ) : (
            t("error.cart")
          )}
        </p>
      )}
    </>
  );
}

/** `TRY-TR` → "Türkiye (TRY)", `EUR` → "Euro (EUR)". */
function titleOf(name: string, language: string): string {
  const { currency = "", region } = readMarketName(name) ?? {};
  const [country, part] = region?.split("-") ?? [];
  const title = country
    ? new Intl.DisplayNames(language, { type: "region" }).of(country)
    : new Intl.DisplayNames(language, { type: "currency" }).of(currency);
  return `${[title, part].filter(Boolean).join(", ")} (${currency})`;
}
