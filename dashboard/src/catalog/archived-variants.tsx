import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ArchivedVariant } from "../../../server/src/catalog/contracts.ts";
import { call, get, type Page } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";

/** What was taken off sale earlier, each with its way back. */
export function ArchivedVariants({ productId }: { readonly productId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const archived = useQuery({
    queryKey: ["products", productId, "archived-variants"],
    queryFn: () => get<Page<ArchivedVariant>>(`/v1/products/${productId}/archived-variants`),
  });
  const restore = useMutation({
    mutationFn: (id: string) => call("POST", `/v1/variants/${id}/restore`),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ["products"] });
      announce(t("productForm.variantRestored"));
    },
  });
  if (archived.isError) return <ErrorNotice error={archived.error} retry={() => void archived.refetch()} />;
  const variants = archived.data?.items ?? [];
  if (variants.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t("productForm.archivedVariants")}>
      <Title order={3}>{t("productForm.archivedVariants")}</Title>
      {restore.isError ? <ErrorNotice error={restore.error} /> : null}
      {variants.map(({ id, sku, gtin, size, color, archived_at }) => (
        <Group key={id} justify="space-between" wrap="nowrap" px="xs">
          <div>
            <Text size="sm">{[size, color].filter(Boolean).join(", ") || sku}</Text>
            <Text size="xs" c="dimmed">
              {[sku, gtin].filter(Boolean).join(" · ")} · <When at={archived_at} size="xs" />
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t("productForm.restore")}: ${sku}`}
            loading={restore.isPending && restore.variables === id}
            onClick={() => restore.mutate(id)}
          >
            {t("productForm.restore")}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
