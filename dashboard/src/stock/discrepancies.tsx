import { Button, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { translated } from "../catalog/translated.ts";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { type OpenDiscrepancy, STOCK, whichOf } from "./queries.ts";

/** Tasks: somebody looks, puts the number right by a count, and says what came of it. */
export function Discrepancies({ location }: { readonly location: string | undefined }) {
  const { t } = useTranslation();
  const rows = usePages<OpenDiscrepancy>([...STOCK, "discrepancies"], "/v1/stock/discrepancies", { location });
  const items = itemsOf(rows.data);
  if (rows.isError) return <ErrorNotice error={rows.error} retry={() => void rows.refetch()} />;
  if (rows.isSuccess && items.length === 0) {
    return <EmptyNotice title={t("stock.noDiscrepancies")}>{t("stock.noDiscrepanciesText")}</EmptyNotice>;
  }
  return (
    <Stack gap="sm">
      {items.map((row) => (
        <One key={row.id} row={row} />
      ))}
      {rows.hasNextPage ? (
        <Button variant="default" size="xs" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {t("action.more")}
        </Button>
      ) : null}
    </Stack>
  );
}

function One({ row }: { readonly row: OpenDiscrepancy }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [found, setFound] = useState("");
  const end = useMutation({
    mutationFn: () => call("POST", `/v1/stock/discrepancies/${row.id}/resolve`, { resolution: found.trim() }),
    onSuccess: () => {
      announce(t("stock.resolved"));
      return client.invalidateQueries({ queryKey: STOCK });
    },
  });
  return (
    <Paper p="sm" data-testid="discrepancy">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
      >
        <Stack gap="xs">
          <div>
            <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <Text size="sm" component="div">
                {row.quantity} ×{" "}
                <TextLink to="/stock/$id" params={{ id: row.variant_id }} size="sm" underline="always">
                  {translated(row.titles, i18n.language, row.title) || row.sku}
                </TextLink>
              </Text>
              <When at={row.opened_at} size="xs" c="dimmed" />
            </Group>
            <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {whichOf(row)}
            </Text>
            <Text size="sm">
              {t(`stock.discrepancyKinds.${row.kind}`)} · {row.location_name}
            </Text>
          </div>
          {end.isError ? <ErrorNotice error={end.error} /> : null}
          <Group align="flex-end" gap="xs">
            <TextInput
              flex="1 1 200px"
              size="xs"
              label={t("stock.found")}
              required
              maxLength={500}
              value={found}
              onChange={(event) => setFound(event.currentTarget.value)}
            />
            <Button size="xs" type="submit" loading={end.isPending}>
              {t("stock.resolve")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
