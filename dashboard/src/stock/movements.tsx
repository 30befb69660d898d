import { Box, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { itemsOf, usePages } from "../api/paged.ts";
import { humanise } from "../i18n/label.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { ItemName } from "./item-name.tsx";
import { type NamedMovement, STOCK } from "./queries.ts";

const COUNTERS = [
  ["on_hand", "stock.onHand"],
  ["committed", "stock.committed"],
  ["reserved", "stock.reserved"],
  ["safety", "stock.safety"],
  ["damaged", "stock.damaged"],
  ["quality_control", "stock.toCheck"],
  ["incoming", "stock.incoming"],
] as const;

interface MovementsProps {
  readonly location?: string | undefined;
  readonly variant?: string | undefined;
}

/** The ledger: nothing else ever changes a number. */
export function Movements({ location, variant }: MovementsProps) {
  const { t } = useTranslation();
  const rows = usePages<NamedMovement>([...STOCK, "movements"], "/v1/stock/movements", { location, variant });
  const columns = useColumns(variant === undefined);
  return (
    <DataTable
      label={t("stock.tabs.movements")}
      source={rows}
      rows={itemsOf(rows.data)}
      columns={columns}
      rowId={(row) => row.id}
      empty={<EmptyNotice title={t("stock.noMovements")}>{t("stock.noMovementsText")}</EmptyNotice>}
    />
  );
}

function useColumns(withItem: boolean): readonly TableColumn<NamedMovement>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      ...(withItem
        ? [
            {
              id: "item",
              header: t("stock.item"),
              grow: true as const,
              cell: (row: NamedMovement) => <ItemName row={row} />,
            },
          ]
        : []),
      {
        id: "kind",
        header: t("stock.kind"),
        cell: (row) => (
          <Box miw={{ base: 110, sm: 150 }}>
            <Text size="sm">{t(`stock.kinds.${row.kind}`, { defaultValue: humanise(row.kind) })}</Text>
            {row.reason ? (
              <Text size="xs" c="dimmed">
                {row.reason_code ? t(`stock.reasons.${row.reason_code}`) : row.reason}
              </Text>
            ) : null}
            <Box hiddenFrom="sm">
              <Box hiddenFrom="xs">
                <Changes movement={row} />
              </Box>
              <Text size="xs" c="dimmed">
                {row.location_name}
              </Text>
              <Box hiddenFrom="xs">
                <When at={row.happened_at} size="xs" c="dimmed" />
              </Box>
            </Box>
          </Box>
        ),
      },
      {
        id: "place",
        header: t("stock.location"),
        from: "sm",
        cell: (row) => (
          <Text size="sm" miw={180}>
            {row.location_name}
          </Text>
        ),
      },
      { id: "change", header: t("stock.change"), from: "xs", cell: (row) => <Changes movement={row} /> },
      {
        id: "by",
        header: t("stock.by"),
        from: "md",
        cell: (row) => (
          <Text size="sm">{t(`stock.sources.${row.source_type}`, { defaultValue: humanise(row.source_type) })}</Text>
        ),
      },
      { id: "when", header: t("stock.when"), align: "right", from: "xs", cell: (row) => <When at={row.happened_at} /> },
    ],
    [t, withItem],
  );
}

function Changes({ movement }: { readonly movement: NamedMovement }) {
  const { t } = useTranslation();
  return COUNTERS.flatMap(([id, label]) =>
    movement[id] === 0
      ? []
      : [
          <Text key={id} size="sm" style={{ whiteSpace: "nowrap" }}>
            {movement[id] > 0 ? "+" : "−"}
            {Math.abs(movement[id])} {t(label)}
          </Text>,
        ],
  );
}
