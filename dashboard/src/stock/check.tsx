import { Alert, Box, Stack, Table } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { humanise } from "../i18n/label.ts";
import { QueryView } from "../parts/query-view.tsx";
import { ItemName } from "./item-name.tsx";
import { checkQuery, type NamedBreach } from "./queries.ts";

/** Whether every counter is what its ledger says; the same as `npm run check-stock`. */
export function Check() {
  const { t } = useTranslation();
  const check = useQuery(checkQuery);
  return (
    <QueryView query={check} height={120}>
      {({ items }) =>
        items.length === 0 ? (
          <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title={t("stock.sound")}>
            {t("stock.soundText")}
          </Alert>
        ) : (
          <Breaches items={items} />
        )
      }
    </QueryView>
  );
}

function Breaches({ items }: { readonly items: readonly NamedBreach[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack>
      <Alert color="kilim" icon={<IconAlertTriangle aria-hidden />} title={t("stock.tabs.check")}>
        {t("stock.broken")}
      </Alert>
      <Box component="section" tabIndex={0} aria-label={t("stock.tabs.check")} style={{ overflowX: "auto" }}>
        <Table miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("stock.item")}</Table.Th>
              <Table.Th>{t("stock.location")}</Table.Th>
              <Table.Th>{t("stock.counter")}</Table.Th>
              <Table.Th ta="right">{t("stock.kept")}</Table.Th>
              <Table.Th ta="right">{t("stock.summed")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((row) => (
              <Table.Tr key={`${row.variant_id} ${row.location_id} ${row.counter}`}>
                <Table.Td>
                  <ItemName row={row} />
                </Table.Td>
                <Table.Td>{row.location_name}</Table.Td>
                <Table.Td>{humanise(row.counter)}</Table.Td>
                <Table.Td ta="right">{format.number(row.kept)}</Table.Td>
                <Table.Td ta="right">{format.number(row.counted)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
    </Stack>
  );
}
