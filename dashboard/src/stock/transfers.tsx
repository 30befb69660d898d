import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { NewTransfer } from "./new-transfer.tsx";
import { type Location, STOCK, type Transfer } from "./queries.ts";

const route = getRouteApi("/stock");

interface TransfersProps {
  readonly location: string | undefined;
  readonly locations: readonly Location[];
}

/** Goods between places: off here, incoming there, until somebody says that they have arrived. */
export function Transfers({ location, locations }: TransfersProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: "transfer" | undefined) => void navigate({ search: (now) => ({ ...now, action: next }) });
  const rows = usePages<Transfer>([...STOCK, "transfers"], "/v1/stock/transfers", { location });
  const end = useMutation({
    mutationFn: ({ row, how }: { row: Transfer; how: "receive" | "cancel" }) =>
      call("POST", `/v1/stock/transfers/${row.id}/${how}`, how === "receive" ? { lines: openLines(row) } : {}),
    onSuccess: (_answer, { how }) => {
      announce(t(how === "receive" ? "stock.received" : "stock.transferStates.cancelled"));
      return client.invalidateQueries({ queryKey: STOCK });
    },
  });
  const columns = useMemo((): readonly TableColumn<Transfer>[] => {
    const nameOf = (id: string) => locations.find((one) => one.id === id)?.name ?? "";
    return [
      {
        id: "way",
        header: t("stock.location"),
        grow: true,
        cell: (row) => (
          <Text size="sm">
            {nameOf(row.from)} → {nameOf(row.to)}
          </Text>
        ),
      },
      {
        id: "pieces",
        header: t("stock.quantity"),
        align: "right",
        cell: (row) => <Text size="sm">{row.lines.reduce((sum, line) => sum + line.quantity, 0)}</Text>,
      },
      {
        id: "state",
        header: t("orderBook.state"),
        cell: (row) => <Status value={row.state}>{t(`stock.transferStates.${row.state}`)}</Status>,
      },
      { id: "when", header: t("stock.when"), from: "sm", cell: (row) => <When at={row.sent_at} /> },
      {
        id: "do",
        header: "",
        align: "right",
        cell: (row) =>
          row.state === "in_transit" ? (
            <Group gap={4} justify="flex-end">
              <Button size="compact-sm" variant="default" onClick={() => end.mutate({ row, how: "receive" })}>
                {t("stock.receiveAll")}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => end.mutate({ row, how: "cancel" })}>
                {t("stock.takeBack")}
              </Button>
            </Group>
          ) : null,
      },
    ];
  }, [t, locations, end]);
  return (
    <Stack gap="sm">
      <Group>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => show("transfer")}>
          {t("stock.newTransfer")}
        </Button>
      </Group>
      <Drawer
        opened={action === "transfer"}
        onClose={() => show(undefined)}
        position="right"
        size="md"
        title={t("stock.newTransfer")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <NewTransfer from={location} locations={locations} onDone={() => show(undefined)} />
      </Drawer>
      {end.isError ? <ErrorNotice error={end.error} /> : null}
      <DataTable
        label={t("stock.tabs.transfers")}
        source={rows}
        rows={itemsOf(rows.data)}
        columns={columns}
        rowId={(row) => row.id}
        empty={<EmptyNotice title={t("stock.noTransfers")}>{t("stock.noTransfersText")}</EmptyNotice>}
      />
    </Stack>
  );
}

/** All that has not been received yet. */
function openLines({ lines }: Transfer) {
  return lines.map(({ variant_id, quantity, received }) => ({ variant_id, quantity: quantity - received }));
}
