import { NumberInput, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { ItemName } from "./item-name.tsx";
import { type ShelfItem, STOCK } from "./queries.ts";

const route = getRouteApi("/stock");
const COUNTERS = [
  ["available", "stock.available"],
  ["on_hand", "stock.onHand"],
  ["committed", "stock.committed"],
  ["reserved", "stock.reserved"],
  ["safety", "stock.safety"],
  ["damaged", "stock.damaged"],
  ["quality_control", "stock.toCheck"],
  ["incoming", "stock.incoming"],
] as const;

interface ShelfProps {
  readonly location: string | undefined;
  readonly atMost: string | undefined;
}

/** What lies at one place, item by item. */
export function Shelf({ location, atMost }: ShelfProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const filters = { location, at_most: atMost };
  const rows = usePages<ShelfItem>([...STOCK, "shelf"], "/v1/stock/levels", filters, location !== undefined);
  const columns = useColumns();
  return (
    <Stack gap="sm">
      <NumberInput
        label={t("stock.atMost")}
        w={220}
        size="xs"
        value={atMost === undefined ? "" : Number(atMost)}
        onChange={(value) =>
          void navigate({
            search: (before) => ({ ...before, at_most: typeof value === "number" ? String(value) : undefined }),
            replace: true,
          })
        }
      />
      <DataTable
        label={t("stock.tabs.shelf")}
        source={rows}
        rows={itemsOf(rows.data)}
        columns={columns}
        rowId={(row) => `${row.variant_id} ${row.location_id}`}
        onOpen={(row) => void navigate({ to: "/stock/$id", params: { id: row.variant_id } })}
        empty={<EmptyNotice title={t("stock.empty")}>{t("stock.emptyText")}</EmptyNotice>}
      />
    </Stack>
  );
}

function useColumns(): readonly TableColumn<ShelfItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "item",
        header: t("stock.item"),
        grow: true,
        cell: (row) => <ItemName row={row} />,
      },
      ...COUNTERS.map(([id, label], i) => ({
        id,
        header: t(label),
        align: "right" as const,
        ...(i > 1 ? { from: i > 3 ? ("lg" as const) : ("sm" as const) } : {}),
        cell: (row: ShelfItem) => <Text size="sm">{format.number(row[id])}</Text>,
      })),
    ],
    [t, format],
  );
}
