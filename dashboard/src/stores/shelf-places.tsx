import { ActionIcon, Button, Group, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ShelfPlace } from "../../../server/src/inventory/contracts.ts";
import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { variantsByWords } from "../stock/variant-search.ts";

/** Where goods lie in a store, as its staff call it: whoever brings a list to the till reads it. */
export function ShelfPlaces({ storeId }: { readonly storeId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const queryKey = ["stock", "places", storeId];
  const places = usePages<ShelfPlace>(queryKey, "/v1/stock/shelf-places", { store: storeId });
  const put = useMutation({
    mutationFn: (item: { variant_id: string; place: string | null }) =>
      call("PUT", "/v1/stock/shelf-places", { store_id: storeId, items: [item] }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const columns = useMemo(
    (): readonly TableColumn<ShelfPlace>[] => [
      {
        id: "item",
        header: t("stock.item"),
        grow: true,
        cell: (row) => (
          <>
            <Text size="sm">{row.title}</Text>
            <Text size="xs" c="dimmed">
              {[row.size, row.color, row.sku].filter(Boolean).join(" · ")}
            </Text>
          </>
        ),
      },
      { id: "place", header: t("stores.shelf"), cell: (row) => <Text size="sm">{row.place}</Text> },
      {
        id: "do",
        header: "",
        align: "right",
        cell: (row) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t("action.remove")}: ${row.sku}`}
            onClick={() => put.mutate({ variant_id: row.variant_id, place: null })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        ),
      },
    ],
    [t, put],
  );
  return (
    <Stack>
      <NotePlace isPending={put.isPending} onNote={(item) => put.mutate(item)} />
      {put.isError ? <ErrorNotice error={put.error} /> : null}
      <Paper p="xs">
        <DataTable
          label={t("stores.tabs.places")}
          source={places}
          rows={itemsOf(places.data)}
          columns={columns}
          rowId={(row) => row.variant_id}
          empty={<EmptyNotice title={t("stores.noPlaces")}>{t("stores.noPlacesText")}</EmptyNotice>}
        />
      </Paper>
    </Stack>
  );
}

interface NotePlaceProps {
  readonly isPending: boolean;
  readonly onNote: (item: { variant_id: string; place: string }) => void;
}

function NotePlace({ isPending, onNote }: NotePlaceProps) {
  const { t } = useTranslation();
  const [variant, setVariant] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [place, setPlace] = useState("");
  const [words] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({ ...variantsByWords(words), enabled: words.length >= 2 });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (variant) onNote({ variant_id: variant, place: place.trim() });
        setPlace("");
      }}
    >
      <Group gap="sm" align="flex-end">
        <Select
          label={t("stock.item")}
          placeholder={t("products.searchHint")}
          flex="1 1 260px"
          searchable
          filter={({ options }) => options}
          searchValue={text}
          onSearchChange={setText}
          data={found.data ?? []}
          value={variant}
          onChange={setVariant}
          nothingFoundMessage={words.length >= 2 ? t("products.emptyText") : null}
        />
        <TextInput
          label={t("stores.shelf")}
          placeholder="B-14"
          w={120}
          required
          maxLength={40}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending} disabled={!variant || place.trim() === ""}>
          {t("stores.note")}
        </Button>
      </Group>
    </form>
  );
}
