import { keepTrue } from "@kilim/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Failure } from "../shell/failure.tsx";
import { chooseStore, chosenStore } from "./chosen-store.ts";
import { FindPage } from "./find-page.tsx";
import { KioskHeader } from "./header.tsx";
import classes from "./kiosk.module.css";
import { useKilim } from "./kiosk-context.ts";
import { ListPage } from "./list-page.tsx";
import { usePlace } from "./place.ts";
import { ProductPage } from "./product-page.tsx";
import { storesQuery } from "./queries.ts";
import { SetUpPage } from "./set-up-page.tsx";
import { StillThere } from "./still-there.tsx";
import { useListKeptTrue } from "./use-list.ts";

/** Which store this tablet stands in is said once, by the staff; then it is anybody's. */
export function Kiosk() {
  const kilim = useKilim();
  const stores = useQuery(storesQuery(kilim));
  const [storeId, setStoreId] = useState(chosenStore);
  if (stores.isError) return <Failure error={stores.error} retry={stores.refetch} />;
  if (!stores.data) return null;
  const store = stores.data.items.find(({ id }) => id === storeId);
  if (!store) {
    return (
      <SetUpPage
        stores={stores.data.items}
        onChoose={(id) => {
          chooseStore(id);
          setStoreId(id);
        }}
      />
    );
  }
  return <Visit store={store} />;
}

type StoreProps = Parameters<typeof ProductPage>[0];

/** One person's visit. */
function Visit({ store }: Pick<StoreProps, "store">) {
  const place = usePlace();
  useStockKeptTrue();
  useListKeptTrue();
  return (
    <>
      <KioskHeader store={store} />
      <main className={classes.main}>
        {place.at === "find" && <FindPage looking={place} />}
        {place.at === "product" && (
          <ProductPage
            key={place.id}
            store={store}
            productId={place.id}
            variantId={place.variant}
            color={place.color}
          />
        )}
        {place.at === "list" && <ListPage store={store} />}
      </main>
      <StillThere />
    </>
  );
}

/** What a till or the web sells shows here at once. */
function useStockKeptTrue(): void {
  const kilim = useKilim();
  const queries = useQueryClient();
  useEffect(() => {
    const keys = ["availability", "product", "reviews"];
    const readAnew = keepTrue(() => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))));
    return kilim.live(readAnew, ["product"], readAnew);
  }, [kilim, queries]);
}
