import { Box, Button, Modal, Paper, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveQueries } from "../api/live-queries.ts";
import { usePages } from "../api/paged.ts";
import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { CountForm } from "./count-form.tsx";
import { Movements } from "./movements.tsx";
import { NewTransfer } from "./new-transfer.tsx";
import { itemStockQuery, locationsQuery, type NamedMovement, STOCK, whichOf } from "./queries.ts";

const route = getRouteApi("/stock/$id");

/** One item at every place, and everything that ever moved it. */
export function ItemPage() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { id } = route.useParams();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useQuery(itemStockQuery(id));
  const locations = useQuery(locationsQuery);
  const ledger = usePages<NamedMovement>([...STOCK, "movements"], "/v1/stock/movements", { variant: id });
  useLiveQueries({ topics: ["product", "store"] }, [STOCK]);
  const first = ledger.data?.pages[0]?.items[0];
  const close = () => void navigate({ search: {} });
  return (
    <Page
      title={first ? translated(first.titles, i18n.language, first.title) || t("stock.item") : t("stock.item")}
      before={
        <TextLink to="/stock" size="sm" c="dimmed">
          ‹ {t("nav.stock")}
        </TextLink>
      }
      subtitle={first && whichOf(first)}
      actions={
        <>
          <Button variant="default" onClick={() => void navigate({ search: { action: "count" } })}>
            {t("stock.count")}
          </Button>
          <Button variant="default" onClick={() => void navigate({ search: { action: "transfer" } })}>
            {t("stock.transfer")}
          </Button>
        </>
      }
    >
      <Card title={t("stock.location")}>
        <QueryView query={rows} height={160}>
          {({ items }) => (
            <Box component="section" tabIndex={0} aria-label={t("stock.location")} style={{ overflowX: "auto" }}>
              <Table miw={640}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("stock.location")}</Table.Th>
                    {COUNTERS.map(([counter, label]) => (
                      <Table.Th key={counter} ta="right">
                        {t(label)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((row) => (
                    <Table.Tr key={row.location_id} data-testid="place">
                      <Table.Td>{row.location_name}</Table.Td>
                      {COUNTERS.map(([counter]) => (
                        <Table.Td key={counter} ta="right">
                          {format.number(row[counter])}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Box>
          )}
        </QueryView>
      </Card>
      <Paper p="md" component="section" aria-label={t("stock.tabs.movements")}>
        <Movements variant={id} />
      </Paper>
      <Modal
        opened={action === "count"}
        onClose={close}
        title={t("stock.count")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <CountForm variantId={id} places={rows.data?.items ?? []} onDone={close} />
      </Modal>
      <Modal
        opened={action === "transfer"}
        onClose={close}
        title={t("stock.transfer")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {first && locations.data ? (
          <NewTransfer
            from={rows.data?.items[0]?.location_id}
            locations={locations.data.items}
            lines={[{ variant_id: id, label: `${first.title} · ${whichOf(first)}`, quantity: "" }]}
            onDone={close}
          />
        ) : null}
      </Modal>
    </Page>
  );
}

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
