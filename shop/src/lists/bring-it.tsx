import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { useKilim } from "../kilim.tsx";
import { refusal } from "../refusal.ts";
import { loadErrand, sendToStore } from "./api.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

/** Asks a store's staff to have it ready at the till, and tells how far they are. */
export function BringIt({ listId }: { readonly listId: string }) {
  const { t } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [storeId, setStoreId] = useState("");
  const stores = useQuery({
    queryKey: ["stores"],
    queryFn: () => kilim.ask<{ items: StoreView[] }>("GET", "/v1/stores"),
  });
  const asked = useQuery({ queryKey: ["errand", listId], queryFn: () => loadErrand(kilim, listId) });
  const ask = useMutation({
    mutationFn: () => sendToStore(kilim, listId, storeId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["errand", listId] }),
  });
  const errand = asked.data?.errand;
  const store = stores.data?.items.find(({ id }) => id === errand?.store_id);
  if (errand && (errand.state === "open" || errand.state === "taken" || errand.state === "ready")) {
    return (
      <section className={styles.panel}>
        <h2>{t("bring.title")}</h2>
        <p role="status">{t(`bring.${errand.state}`, { store: store?.name ?? "" })}</p>
      </section>
    );
  }
  return (
    <section className={styles.panel}>
      <h2>{t("bring.title")}</h2>
      <p className="soft">{t("bring.text")}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <label className="field">
          {t("bring.store")}
          <select required value={storeId} onChange={(event) => setStoreId(event.target.value)}>
            <option value="">{t("bring.choose")}</option>
            {stores.data?.items.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}, {each.city}
              </option>
            ))}
          </select>
        </label>
        {ask.isError && <p className="error">{refusal(t, ask.error, t("orders.notDone"))}</p>}
        <button type="submit" className="button" disabled={ask.isPending}>
          {t("bring.send")}
        </button>
      </form>
    </section>
  );
}
