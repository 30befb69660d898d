import { Badge, Box, Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { StoreBody, StoreView } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { announce } from "../shell/announce.ts";
import { NewStore } from "./new-store.tsx";
import { STORES, storesQuery } from "./queries.ts";
import { ShelfPlaces } from "./shelf-places.tsx";
import { StoreForm } from "./store-form.tsx";

const route = getRouteApi("/stores/$id");

export function StorePage() {
  const { id } = route.useParams();
  return id === "new" ? <NewStore /> : <OneStore id={id} />;
}

/** Where it is, when it is open, what lies on which shelf. */
function OneStore({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { tab = "facts" } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [active, archived] = [useQuery(storesQuery(false)), useQuery(storesQuery(true))];
  const store = [...(active.data?.items ?? []), ...(archived.data?.items ?? [])].find((one) => one.id === id);
  const save = useMutation({
    mutationFn: (body: StoreBody) => call<StoreView>("PATCH", `/v1/stores/${id}`, body),
    onSuccess() {
      announce(t("productForm.saved"));
      return client.invalidateQueries({ queryKey: STORES });
    },
  });
  const turn = useMutation({
    mutationFn: (verb: "archive" | "restore") => call("POST", `/v1/stores/${id}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: STORES }),
  });
  if (active.isPending || archived.isPending) return <Skeleton m="lg" height={400} className="kilim-late" />;
  const before = (
    <TextLink to="/stores" size="sm" c="dimmed">
      ‹ {t("nav.stores")}
    </TextLink>
  );
  if (!store) {
    return (
      <Page title={t("nav.stores")} before={before}>
        {active.error ? (
          <ErrorNotice error={active.error} retry={() => void active.refetch()} />
        ) : (
          <EmptyNotice title={t("notice.missing")} />
        )}
      </Page>
    );
  }
  const isArchived = store.archived_at !== null;
  return (
    <Page
      title={store.name}
      before={before}
      subtitle={isArchived ? <Badge color="gray">{t("stores.archived")}</Badge> : `${store.city} · ${store.code}`}
      actions={
        <>
          <Button
            component="a"
            variant="default"
            href={`/assets/stores/${store.id}/check-in.png`}
            target="_blank"
            rel="noreferrer"
          >
            {t("stores.doorCode")}
          </Button>
          <Button
            variant="default"
            loading={turn.isPending}
            onClick={() => turn.mutate(isArchived ? "restore" : "archive")}
          >
            {isArchived ? t("stores.restore") : t("stores.archive")}
          </Button>
        </>
      }
    >
      {turn.isError ? <ErrorNotice error={turn.error} /> : null}
      <Box maw={960}>
        <Tabs
          value={tab}
          onChange={(next) => void navigate({ search: next === "facts" ? {} : { tab: next } })}
          label={(one) => t(`stores.tabs.${one}`)}
          views={{
            facts: <StoreForm key={store.id} start={bodyOf(store)} save={save} label={t("action.save")} />,
            places: <ShelfPlaces storeId={store.id} />,
          }}
        />
      </Box>
    </Page>
  );
}

function bodyOf(store: StoreView): StoreBody {
  const { id: _, is_open: __, changes_at: ___, distance_km: ____, archived_at: _____, ...body } = store;
  return body;
}
