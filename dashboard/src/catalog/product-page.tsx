import { Badge, Box, Group, Image, Paper, Skeleton, Stack, Table, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Product } from "../../../server/src/catalog/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { productQuery, type StockRow, stockQuery } from "./queries.ts";
import { tabulate } from "./stock-table.ts";
import { translated } from "./translated.ts";

const route = getRouteApi("/products/$id");

/** One product with its stock in the web shop and every store, as it is this moment. */
export function ProductPage() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { id } = route.useParams();
  const product = useQuery(productQuery(id));
  const stock = useQuery(stockQuery(id));
  useLiveQueries({ topics: ["product"] }, [stockQuery(id).queryKey]);
  if (product.isError && !product.data) {
    return (
      <Page title={t("nav.products")}>
        <ErrorNotice error={product.error} retry={() => void product.refetch()} />
      </Page>
    );
  }
  if (!product.data) return <Skeleton m="lg" height={400} className="kilim-late" />;
  const { data } = product;
  return (
    <Page
      title={translated(data.titles, i18n.language, data.title)}
      before={
        <TextLink to="/products" size="sm" c="dimmed">
          ‹ {t("nav.products")}
        </TextLink>
      }
      actions={
        <ButtonLink to="/products/$id/edit" params={{ id }} variant="default">
          {t("action.edit")}
        </ButtonLink>
      }
      subtitle={`${data.brand} · ${data.category_title} · ${format.money(data.price)}`}
    >
      <Group align="flex-start" gap="md" wrap="wrap">
        <Paper p="xs">
          <Image src={data.image_url} alt={data.title} w={220} h={220} fit="contain" />
        </Paper>
        <Text flex="1 1 320px" maw={640}>
          {translated(data.descriptions, i18n.language, data.description)}
        </Text>
      </Group>
      <Card
        title={t("products.stock")}
        aside={
          <Text size="xs" c="dimmed">
            {t("products.stockLive")}
          </Text>
        }
      >
        <QueryView query={stock} height={240}>
          {(rows) => <StockMatrix product={data} rows={rows.items} />}
        </QueryView>
      </Card>
    </Page>
  );
}

function StockMatrix({ product, rows }: { readonly product: Product; readonly rows: readonly StockRow[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const table = tabulate(rows, i18n.language);
  return (
    <Box component="section" tabIndex={0} aria-label={t("products.stock")} style={{ overflowX: "auto" }}>
      <Table miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("products.variant")}</Table.Th>
            {table.locations.map((location) => (
              <Table.Th key={location.id} ta="right">
                {location.kind === "web" ? t("products.webShop") : location.name}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t("products.total")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {product.variants.map((variant) => (
            <Table.Tr key={variant.id}>
              <Table.Td>
                <Stack gap={0}>
                  <Group gap={6}>
                    {variant.color_hex ? (
                      <Box
                        w={12}
                        h={12}
                        bg={variant.color_hex}
                        style={{ borderRadius: 3, border: "1px solid var(--kilim-line)" }}
                        aria-hidden
                      />
                    ) : null}
                    <Text size="sm">{[variant.size, variant.color].filter(Boolean).join(", ") || variant.sku}</Text>
                  </Group>
                  <Text size="xs" c="dimmed">
                    {variant.sku}
                    {variant.gtin ? ` · ${variant.gtin}` : ""}
                  </Text>
                </Stack>
              </Table.Td>
              {table.locations.map((location) => (
                <Table.Td key={location.id} ta="right">
                  <Amount row={table.at(variant.id, location.id)} />
                </Table.Td>
              ))}
              <Table.Td ta="right" fw={600}>
                {format.number(table.total(variant.id))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function Amount({ row }: { readonly row: StockRow | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!row)
    return (
      <Text span c="dimmed">
        –
      </Text>
    );
  const detail = t("products.detail", { onHand: row.on_hand, reserved: row.reserved });
  if (row.available <= 0) {
    return (
      <Tooltip label={detail}>
        <Badge color="kilim" variant="light" radius="sm" tt="none">
          {t("products.soldOut")}
        </Badge>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={detail}>
      <Text span size="sm" {...(row.available <= 2 ? { fw: 700, c: "var(--kilim-warning)" } : {})}>
        {format.number(row.available)}
      </Text>
    </Tooltip>
  );
}
