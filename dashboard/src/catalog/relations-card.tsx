import { ActionIcon, Button, Group, Image, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product, ProductSummary, Relations } from "../../../server/src/catalog/contracts.ts";
import { call, get, type Page } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { translated } from "./translated.ts";

const KINDS = ["complementary", "related"] as const;
const NOTHING: Relations = { related: [], complementary: [] };
const MOST = 50;

/** What stands beside a product on its page in the shop: what goes with it, and what is like it, in their order. */
export function RelationsCard({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const path = `/v1/products/${product.id}/relations`;
  const queryKey = ["products", product.id, "relations"];
  const known = useQuery({ queryKey, queryFn: () => get<Relations>(path) });
  const [chosen, setChosen] = useState<Relations>(NOTHING);
  useEffect(() => {
    if (known.data) setChosen(known.data);
  }, [known.data]);
  const idsOf = (relations: Relations) => ({
    related: relations.related.map(({ id }) => id),
    complementary: relations.complementary.map(({ id }) => id),
  });
  const save = useMutation({
    mutationFn: () => call("PUT", path, idsOf(chosen)),
    onSuccess() {
      announce(t("productForm.saved"));
      return client.invalidateQueries({ queryKey: ["products"] });
    },
  });
  const isChanged = known.data !== undefined && JSON.stringify(idsOf(known.data)) !== JSON.stringify(idsOf(chosen));
  return (
    <Card title={t("productForm.beside")}>
      <Text size="sm" c="dimmed">
        {t("productForm.besideText")}
      </Text>
      {known.isError ? <ErrorNotice error={known.error} retry={() => void known.refetch()} /> : null}
      {known.isPending ? (
        <Skeleton height={120} className="kilim-late" />
      ) : (
        <form
          aria-label={t("productForm.beside")}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Stack gap="lg">
            {KINDS.map((kind) => (
              <Chosen
                key={kind}
                kind={kind}
                self={product.id}
                products={chosen[kind]}
                onChange={(products) => setChosen({ ...chosen, [kind]: products })}
              />
            ))}
            {save.isError ? <ErrorNotice error={save.error} /> : null}
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!isChanged}>
                {t("action.save")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Card>
  );
}

interface ChosenProps {
  readonly kind: (typeof KINDS)[number];
  readonly self: string;
  readonly products: readonly ProductSummary[];
  readonly onChange: (products: ProductSummary[]) => void;
}

function Chosen({ kind, self, products, onChange }: ChosenProps) {
  const { t, i18n } = useTranslation();
  const swap = (at: number) =>
    onChange(products.map((product, i) => products[i === at ? at + 1 : i === at + 1 ? at : i] ?? product));
  return (
    <Stack gap="xs" component="section" aria-label={t(`productForm.${kind}`)}>
      <Title order={3}>{t(`productForm.${kind}`)}</Title>
      {products.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(`productForm.no_${kind}`)}
        </Text>
      ) : (
        <Stack gap={4} component="ol" m={0} p={0} style={{ listStyle: "none" }}>
          {products.map((product, i) => {
            const name = translated(product.titles, i18n.language, product.title);
            return (
              <Group key={product.id} component="li" gap="sm" wrap="nowrap">
                <Image src={product.image_url} alt="" w={36} h={36} radius="sm" />
                <Text size="sm" flex={1} miw={0} truncate>
                  {name}
                </Text>
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("productForm.forward", { name })}
                    disabled={i === 0}
                    onClick={() => swap(i - 1)}
                  >
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("productForm.back", { name })}
                    disabled={i === products.length - 1}
                    onClick={() => swap(i)}
                  >
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("productForm.remove", { name })}
                    onClick={() => onChange(products.filter(({ id }) => id !== product.id))}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            );
          })}
        </Stack>
      )}
      {products.length < MOST ? (
        <AddProduct
          label={t(`productForm.add_${kind}`)}
          without={[self, ...products.map(({ id }) => id)]}
          onAdd={(product) => onChange([...products, product])}
        />
      ) : null}
    </Stack>
  );
}

interface AddProductProps {
  readonly label: string;
  readonly without: readonly string[];
  readonly onAdd: (product: ProductSummary) => void;
}

/** A product by words or a code; chosen, it stands in the list and the field is empty again. */
function AddProduct({ label, without, onAdd }: AddProductProps) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState("");
  const [words] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: ["products", "words", words],
    queryFn: () => get<Page<ProductSummary>>("/v1/search", { q: words, limit: 8, size: "all" }),
    enabled: words.length >= 2,
  });
  const offered = found.data?.items.filter(({ id }) => !without.includes(id)) ?? [];
  return (
    <Select
      aria-label={label}
      placeholder={`${label} …`}
      maw={420}
      searchable
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      data={offered.map(({ id, title, titles }) => ({ value: id, label: translated(titles, i18n.language, title) }))}
      value={null}
      onChange={(id) => {
        const product = offered.find((one) => one.id === id);
        if (product) onAdd(product);
        setText("");
      }}
      nothingFoundMessage={words.length >= 2 && found.isSuccess ? t("products.emptyText") : null}
    />
  );
}
