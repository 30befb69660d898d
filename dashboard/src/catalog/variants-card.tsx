import { Box, Button, Drawer, Group, Stack, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product, VariantBody } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { ArchivedVariants } from "./archived-variants.tsx";
import { MarketPrices } from "./market-prices.tsx";
import { NO_VARIANT, VariantFields } from "./variant-fields.tsx";

const route = getRouteApi("/products/$id/edit");
type Variant = Product["variants"][number];

/** What there is of a product, each opened by itself; `?variant=` in the address says which. */
export function VariantsCard({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { variant: open } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (variant: string | undefined) => void navigate({ search: variant ? { variant } : {} });
  const chosen = product.variants.find(({ id }) => id === open);
  return (
    <Card
      title={t("productForm.variants")}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => show("new")}
        >
          {t("productForm.addVariant")}
        </Button>
      }
    >
      <Box tabIndex={0} component="section" aria-label={t("productForm.variants")} style={{ overflowX: "auto" }}>
        <Table>
          <Table.Tbody>
            {product.variants.map((variant) => (
              <Table.Tr key={variant.id}>
                <Table.Td>
                  <Text size="sm">{[variant.size, variant.color].filter(Boolean).join(", ") || variant.sku}</Text>
                  <Text size="xs" c="dimmed">
                    {[variant.sku, variant.gtin].filter(Boolean).join(" · ")}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  <Text size="sm">{format.money(variant.price)}</Text>
                  {variant.was ? (
                    <Text size="xs" c="dimmed" td="line-through">
                      {format.money(variant.was)}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${t("productForm.change")}: ${variant.sku}`}
                    onClick={() => show(variant.id)}
                  >
                    {t("productForm.change")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      <ArchivedVariants productId={product.id} />
      <Drawer
        opened={open !== undefined}
        onClose={() => show(undefined)}
        position="right"
        size="lg"
        title={open === "new" ? t("productForm.addVariant") : chosen?.sku}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {open === "new" ? (
          <VariantForm product={product} variant={null} onDone={() => show(undefined)} />
        ) : chosen ? (
          <Stack gap="xl" key={chosen.id}>
            <VariantForm product={product} variant={chosen} onDone={() => show(undefined)} />
            <MarketPrices variantId={chosen.id} />
          </Stack>
        ) : null}
      </Drawer>
    </Card>
  );
}

interface VariantFormProps {
  readonly product: Product;
  /** Null: a new one. */
  readonly variant: Variant | null;
  readonly onDone: () => void;
}

function VariantForm({ product, variant, onDone }: VariantFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["products"] });
  const [body, setBody] = useState<VariantBody>(() => (variant ? bodyOf(variant) : likeLast(product)));
  const save = useMutation({
    mutationFn: () =>
      variant
        ? call("PATCH", `/v1/variants/${variant.id}`, body)
        : call("POST", `/v1/products/${product.id}/variants`, body),
    async onSuccess() {
      await again();
      announce(t("productForm.saved"));
      onDone();
    },
  });
  // The form has closed by then: what fails is said in the corner.
  const restore = useMutation({
    mutationFn: (id: string) => call("POST", `/v1/variants/${id}/restore`),
    onSuccess: again,
    onError: (error) => announce(`${t("notice.failed")} ${error.message}`),
  });
  const archive = useMutation({
    mutationFn: (id: string) => call("POST", `/v1/variants/${id}/archive`),
    async onSuccess(_answer, id) {
      onDone();
      await again();
      announce(t("productForm.variantArchived"), {
        label: t("productForm.restore"),
        run: () => restore.mutate(id),
      });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <VariantFields variant={body} onChange={setBody} error={save.error} />
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        {archive.isError ? <ErrorNotice error={archive.error} /> : null}
        <Group justify="space-between">
          <Button type="submit" loading={save.isPending}>
            {t("action.save")}
          </Button>
          {variant && product.variants.length > 1 ? (
            <Button variant="subtle" loading={archive.isPending} onClick={() => archive.mutate(variant.id)}>
              {t("productForm.archive")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

function bodyOf({ sku, gtin, size, color, color_hex, price, was, dimensions }: Variant): VariantBody {
  return { sku, gtin, size, color, color_hex, price, was: was?.amount ?? null, dimensions };
}

/** Another size of the same colour is what is added most. */
function likeLast({ variants }: Product): VariantBody {
  const last = variants.at(-1);
  return last ? { ...bodyOf(last), sku: "", gtin: null, size: null } : NO_VARIANT;
}
