import { Button, Divider, Group, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product, VariantBody } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { FactsFields, NO_FACTS } from "./facts-fields.tsx";
import { NO_VARIANT, VariantFields } from "./variant-fields.tsx";

type Row = VariantBody & { readonly key: number };

/** A product with its first variants, as one. Photos and other markets' prices come on its own page. */
export function NewProductPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [facts, setFacts] = useState(NO_FACTS);
  const [rows, setRows] = useState<readonly Row[]>([{ ...NO_VARIANT, key: 0 }]);
  const make = useMutation({
    mutationFn: () =>
      call<Product>("POST", "/v1/products", { ...facts, variants: rows.map(({ key: _, ...variant }) => variant) }),
    async onSuccess({ id }) {
      await client.invalidateQueries({ queryKey: ["products"] });
      await navigate({ to: "/products/$id/edit", params: { id } });
    },
  });
  const another = () => {
    const last = rows.at(-1) ?? { ...NO_VARIANT, key: 0 };
    setRows([...rows, { ...last, key: last.key + 1, sku: "", gtin: null, size: null }]);
  };
  return (
    <Page
      title={t("productForm.new")}
      before={
        <TextLink to="/products" size="sm" c="dimmed">
          ‹ {t("nav.products")}
        </TextLink>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Stack maw={960}>
          <Card title={t("products.product")}>
            <FactsFields facts={facts} onChange={setFacts} error={make.error} />
          </Card>
          <Card title={t("productForm.variants")}>
            {rows.map((row, i) => (
              <Stack key={row.key} gap="xs">
                {i > 0 ? <Divider /> : null}
                <VariantFields
                  variant={row}
                  path={`variants.${i}.`}
                  error={make.error}
                  onChange={(next) => setRows(rows.with(i, { ...next, key: row.key }))}
                />
                {rows.length > 1 ? (
                  <Group justify="flex-end">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
                    >
                      {t("productForm.drop")}
                    </Button>
                  </Group>
                ) : null}
              </Stack>
            ))}
            <Group>
              <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={another}>
                {t("productForm.addVariant")}
              </Button>
            </Group>
          </Card>
          {make.isError ? <ErrorNotice error={make.error} /> : null}
          <Group>
            <Button type="submit" loading={make.isPending} disabled={facts.category === ""}>
              {t("productForm.make")}
            </Button>
            <ButtonLink to="/products" variant="default">
              {t("productForm.cancel")}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
