import {
  Box,
  ColorSwatch,
  Group,
  Image,
  Paper,
  SegmentedControl,
  Select,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Category, ProductSummary } from "../../../server/src/catalog/contracts.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { CatalogueLinks } from "./catalogue-links.tsx";
import { categoriesQuery } from "./queries.ts";
import { translated } from "./translated.ts";

const route = getRouteApi("/products");

export function ProductsPage() {
  const { t, i18n } = useTranslation();
  const { q, category, show } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q ?? "");
  const search = useDebouncedCallback((value: string) => {
    void navigate({ search: (now) => ({ ...now, q: value.trim() || undefined }), replace: true });
  }, 200);
  // Search forgives typing; what is archived has left it, and is listed.
  const products = usePages<ProductSummary>(
    ["products"],
    show === "archived" ? "/v1/products" : "/v1/search",
    show === "archived" ? { q, category, archived: "true" } : { q, category, size: "all" },
  );
  const categories = useQuery(categoriesQuery);
  const columns = useColumns(categories.data?.items);
  return (
    <Page title={t("nav.products")} subtitle={t("products.subtitle")} actions={<CatalogueLinks />}>
      <Group gap="sm">
        <TextInput
          data-search
          flex="1 1 240px"
          maw={420}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={t("products.searchHint")}
          aria-label={t("products.searchHint")}
        />
        <Select
          w={200}
          clearable
          searchable
          placeholder={t("products.allCategories")}
          aria-label={t("products.category")}
          data={
            categories.data?.items.map((one) => ({
              value: one.id,
              label: translated(one.titles, i18n.language, one.name),
            })) ?? []
          }
          value={category ?? null}
          onChange={(value) => void navigate({ search: (now) => ({ ...now, category: value ?? undefined }) })}
        />
        <SegmentedControl
          aria-label={t("productForm.which")}
          value={show ?? "sold"}
          data={[
            { value: "sold", label: t("productForm.sold") },
            { value: "archived", label: t("productForm.archivedOnes") },
          ]}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, show: value === "archived" ? "archived" : undefined }) })
          }
        />
      </Group>
      <Paper p="xs">
        <DataTable
          label={t("nav.products")}
          source={products}
          rows={itemsOf(products.data)}
          columns={columns}
          rowId={(product) => product.id}
          onOpen={(product) => void navigate({ to: "/products/$id", params: { id: product.id } })}
          empty={<EmptyNotice title={t("products.empty")}>{t("products.emptyText")}</EmptyNotice>}
        />
      </Paper>
    </Page>
  );
}

const MOST_SIZES = 6;
const MOST_COLORS = 6;

/** All of a few; of many the first and the last, as they stand in their order. */
function sizesOf({ sizes }: ProductSummary): string {
  if (sizes.length <= MOST_SIZES) return sizes.join(", ") || "–";
  return `${sizes[0]} … ${sizes.at(-1)}`;
}

/** Dots in their hues; their names are read out, and shown to whoever points at them. */
function Colors({ product: { colors, swatches } }: { readonly product: ProductSummary }) {
  if (colors.length === 0) return <Text c="dimmed">–</Text>;
  return (
    <Tooltip label={colors.join(", ")}>
      <Group gap={4} wrap="nowrap" role="img" aria-label={colors.join(", ")}>
        {swatches.slice(0, MOST_COLORS).map(({ name, hex }) => (
          <ColorSwatch key={name} color={hex ?? "transparent"} size={14} />
        ))}
        {swatches.length > MOST_COLORS ? (
          <Text size="xs" c="dimmed">
            +{swatches.length - MOST_COLORS}
          </Text>
        ) : null}
      </Group>
    </Tooltip>
  );
}

function useColumns(categories: readonly Category[] | undefined): readonly TableColumn<ProductSummary>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const nameOf = (id: string) => {
      const category = categories?.find((one) => one.id === id);
      return category ? translated(category.titles, i18n.language, category.name) : id;
    };
    return [
      {
        id: "title",
        header: t("products.product"),
        grow: true,
        cell: (product) => (
          <Group gap="sm" wrap="nowrap">
            <Image src={product.image_url} alt="" w={44} h={44} radius="sm" />
            <Box miw={0}>
              <TextLink to="/products/$id" params={{ id: product.id }} size="sm" fw={550} c="var(--mantine-color-text)">
                {translated(product.titles, i18n.language, product.title)}
              </TextLink>
              <Text size="xs" c="dimmed">
                {product.brand}
              </Text>
            </Box>
          </Group>
        ),
      },
      {
        id: "category",
        header: t("products.category"),
        from: "sm",
        cell: (product) => (
          <Text size="sm" style={{ whiteSpace: "nowrap" }}>
            {nameOf(product.category)}
          </Text>
        ),
      },
      {
        id: "sizes",
        header: t("products.sizes"),
        from: "md",
        cell: (product) => (
          <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {sizesOf(product)}
          </Text>
        ),
      },
      {
        id: "colors",
        header: t("products.colors"),
        from: "lg",
        cell: (product) => <Colors product={product} />,
      },
      {
        id: "price",
        header: t("products.price"),
        align: "right",
        cell: (product) => <Text size="sm">{format.money(product.price)}</Text>,
      },
    ];
  }, [t, i18n.language, format, categories]);
}
