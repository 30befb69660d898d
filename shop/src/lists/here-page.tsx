import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { useSignedIn } from "../account/use-shopper.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

const route = getRouteApi("/here/$store");

/** Where the code at a store's door leads: she is there now, and what she has listed can be brought to the till. */
export function HerePage() {
  const { t } = useWords();
  const kilim = useKilim();
  const isSignedIn = useSignedIn();
  const { store: code } = route.useParams();
  const stores = useQuery({
    queryKey: ["stores"],
    queryFn: () => kilim.ask<{ items: StoreView[] }>("GET", "/v1/stores"),
  });
  const store = stores.data?.items.find((one) => one.code === code);
  useEffect(() => {
    if (!store || !isNewVisit(store.code)) return;
    kilim.track("Store Entered", { store_id: store.id, store_code: store.code, store: store.name, by: "check_in" });
  }, [kilim, store]);
  usePage(store ? t("here.title", { store: store.name }) : t("here.nav"));
  if (stores.isPending) return <div className="page" />;
  if (!store) return <p className="page soft">{t("here.unknown")}</p>;
  return (
    <div className="page narrow stack">
      <h1>{t("here.title", { store: store.name })}</h1>
      <p>{t("here.text")}</p>
      <p className={styles.add}>
        <Link to="/lists" className="button">
          {t("title")}
        </Link>
        <Link to="/cart" className="button quiet">
          {t("cart.title", { ns: "translation" })}
        </Link>
        {!isSignedIn && (
          <Link to="/account" className="button quiet">
            {t("account.signIn", { ns: "translation" })}
          </Link>
        )}
      </p>
    </div>
  );
}

const KEPT = "kilim-shop:here:";

/** A page that is loaded again is the same visit. */
function isNewVisit(code: string): boolean {
  if (sessionStorage.getItem(KEPT + code)) return false;
  sessionStorage.setItem(KEPT + code, "1");
  return true;
}
