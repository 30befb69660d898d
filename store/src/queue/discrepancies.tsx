import { Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import { discrepanciesQuery, type OpenDiscrepancy, resolve } from "./queries.ts";

/** Where the books and the goods disagree: somebody looks and says what came of it. */
export function Discrepancies({ storeId }: { readonly storeId: string }) {
  const { t } = useTranslation();
  const rows = useQuery(discrepanciesQuery(storeId));
  if (rows.isError) return <Failure error={rows.error} retry={rows.refetch} />;
  if (!rows.data || rows.data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t("queue.discrepancies")}>
      <Title order={2}>{t("queue.discrepancies")}</Title>
      {rows.data.map((row) => (
        <DiscrepancyCard key={row.id} row={row} />
      ))}
    </Stack>
  );
}

function DiscrepancyCard({ row }: { readonly row: OpenDiscrepancy }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [found, setFound] = useState("");
  const end = useMutation({
    mutationFn: () => resolve(row.id, found.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["queue"] }),
  });
  return (
    <Card data-testid="discrepancy">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
      >
        <Stack gap="sm">
          <ItemRow item={row} />
          <Text>{t(`queue.discrepancy.${row.kind}`, { count: row.quantity })}</Text>
          <Group align="flex-end" gap="xs">
            <TextInput
              flex={1}
              miw={160}
              label={t("queue.found")}
              required
              maxLength={500}
              value={found}
              onChange={(event) => setFound(event.currentTarget.value)}
            />
            <Button type="submit" loading={end.isPending}>
              {t("queue.resolve")}
            </Button>
          </Group>
          {end.isError && <Failure error={end.error} />}
        </Stack>
      </form>
    </Card>
  );
}
