import { Badge, Button, Group, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { FactsFields, factsOf } from "./facts-fields.tsx";
import { PhotosCard } from "./photos-card.tsx";
import { productQuery } from "./queries.ts";
import { RelationsCard } from "./relations-card.tsx";
import { translated } from "./translated.ts";
import { VariantsCard } from "./variants-card.tsx";

const route = getRouteApi("/products/$id/edit");

/** Everything of a product that can be changed. */
export function EditProductPage() {
  const { t, i18n } = useTranslation();
  const { id } = route.useParams();
  const product = useQuery(productQuery(id));
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
        <TextLink to="/products/$id" params={{ id }} size="sm" c="dimmed">
          ‹ {t("productForm.look")}
        </TextLink>
      }
      subtitle={data.archived_at ? <Badge color="gray">{t("productForm.archived")}</Badge> : t("productForm.editText")}
      actions={<ArchiveButton product={data} />}
    >
      <Stack maw={960}>
        <FactsCard key={data.id} product={data} />
        <VariantsCard product={data} />
        <PhotosCard product={data} />
        <RelationsCard key={`${data.id} beside`} product={data} />
      </Stack>
    </Page>
  );
}

interface ProductProps {
  readonly product: Product;
}

function FactsCard({ product }: ProductProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [facts, setFacts] = useState(() => factsOf(product));
  const save = useMutation({
    mutationFn: () => call<Product>("PATCH", `/v1/products/${product.id}`, facts),
    onSuccess() {
      announce(t("productForm.saved"));
      return client.invalidateQueries({ queryKey: ["products"] });
    },
  });
  return (
    <Card title={t("products.product")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <FactsFields facts={facts} onChange={setFacts} error={save.error} />
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** Archived, it is out of shop, search and feeds; the way back is the same button. */
function ArchiveButton({ product }: ProductProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isArchived = product.archived_at !== null;
  const turn = useMutation({
    mutationFn: () => call("POST", `/v1/products/${product.id}/${isArchived ? "restore" : "archive"}`),
    onSettled: () => client.invalidateQueries({ queryKey: ["products"] }),
  });
  return (
    <Stack gap={4}>
      <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
        {isArchived ? t("productForm.restore") : t("productForm.archive")}
      </Button>
      {turn.isError ? <ErrorNotice error={turn.error} /> : null}
    </Stack>
  );
}
