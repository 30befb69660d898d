import { Badge, Group, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { storesQuery } from "./queries.ts";

const route = getRouteApi("/stores");

/** Where the retailer sells over the counter. */
export function StoresPage() {
  const { t } = useTranslation();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const stores = useQuery(storesQuery(show === "archived"));
  return (
    <Page
      title={t("nav.stores")}
      subtitle={t("stores.subtitle")}
      actions={
        <ButtonLink to="/stores/$id" params={{ id: "new" }}>
          {t("stores.new")}
        </ButtonLink>
      }
    >
      <Group>
        <SegmentedControl
          aria-label={t("stores.which")}
          value={show ?? "open"}
          data={[
            { value: "open", label: t("stores.active") },
            { value: "archived", label: t("stores.archived") },
          ]}
          onChange={(value) => void navigate({ search: value === "archived" ? { show: "archived" } : {} })}
        />
      </Group>
      <QueryView query={stores} height={240}>
        {({ items }) =>
          items.length === 0 ? (
            <Paper p="xs">
              <EmptyNotice title={t("stores.none")}>{t("stores.noneText")}</EmptyNotice>
            </Paper>
          ) : (
            <Stack gap="xs">
              {items.map((store) => (
                <StoreRow key={store.id} store={store} />
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function StoreRow({ store }: { readonly store: StoreView }) {
  const { t, i18n } = useTranslation();
  // As it is there: a store's hours are of its own zone.
  const there = new Intl.DateTimeFormat(i18n.language, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: store.timezone,
  });
  return (
    <Paper p="md">
      <Group justify="space-between" gap="xs">
        <div>
          <TextLink to="/stores/$id" params={{ id: store.id }} fw={600} c="var(--mantine-color-text)">
            {store.name}
          </TextLink>
          <Text size="sm" c="dimmed">
            {[store.address, store.city, store.country, store.code].filter(Boolean).join(" · ")}
          </Text>
        </div>
        {store.archived_at ? (
          <Badge color="gray">{t("stores.archived")}</Badge>
        ) : (
          <Stack gap={2} align="flex-end">
            <Badge color={store.is_open ? "green" : "gray"} variant="light" tt="none">
              {store.is_open ? t("stores.isOpen") : t("stores.isClosed")}
            </Badge>
            {store.changes_at ? (
              <Text size="xs" c="dimmed">
                {t("stores.until", { time: there.format(new Date(store.changes_at)) })}
              </Text>
            ) : null}
          </Stack>
        )}
      </Group>
    </Paper>
  );
}
