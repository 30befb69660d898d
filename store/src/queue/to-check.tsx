import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import { decide, type ToLookAt, toCheckQuery } from "./queries.ts";

/** Goods that came back and wait for somebody to look at them; until then they are not for sale. */
export function ToCheck({ storeId }: { readonly storeId: string }) {
  const { t } = useTranslation();
  const rows = useQuery(toCheckQuery(storeId));
  if (rows.isError) return <Failure error={rows.error} retry={rows.refetch} />;
  if (!rows.data || rows.data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t("queue.check")}>
      <Title order={2}>{t("queue.check")}</Title>
      {rows.data.map((row) => (
        <CheckCard key={row.variant_id} row={row} />
      ))}
    </Stack>
  );
}

function CheckCard({ row }: { readonly row: ToLookAt }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: (isFine: boolean) => decide(row, isFine),
    onSettled: () => queries.invalidateQueries({ queryKey: ["queue"] }),
  });
  return (
    <Card data-testid="to-check">
      <Stack gap="sm">
        <ItemRow item={{ ...row, quantity: row.quality_control }} />
        <Text size="xs" c="dimmed">
          {t("queue.oneAtATime")}
        </Text>
        {look.isError && <Failure error={look.error} />}
        <Group grow preventGrowOverflow={false}>
          <Button loading={look.isPending} onClick={() => look.mutate(true)}>
            {t("queue.fine")}
          </Button>
          <Button variant="default" disabled={look.isPending} onClick={() => look.mutate(false)}>
            {t("queue.damaged")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
