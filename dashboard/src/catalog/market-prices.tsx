import { ActionIcon, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { MarketPrice } from "../../../server/src/catalog/contracts.ts";
import { call, get, type Page } from "../api/http.ts";
import { errorAt } from "../parts/field-error.ts";
import { MoneyInput } from "../parts/money-input.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";

type Row = MarketPrice & { readonly key: number };
const keyed = (prices: readonly MarketPrice[]): Row[] => prices.map((price, key) => ({ ...price, key }));

/** What a variant costs in other currencies and regions: the region's price holds before the currency's. */
export function MarketPrices({ variantId }: { readonly variantId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const path = `/v1/variants/${variantId}/prices`;
  const queryKey = ["products", "prices", variantId];
  const known = useQuery({ queryKey, queryFn: () => get<Page<MarketPrice>>(path) });
  const [rows, setRows] = useState<readonly Row[]>([]);
  useEffect(() => {
    if (known.data) setRows(keyed(known.data.items));
  }, [known.data]);
  const save = useMutation({
    mutationFn: () => call<Page<MarketPrice>>("PUT", path, { prices: rows.map(({ key: _, ...price }) => price) }),
    onSuccess(answer) {
      client.setQueryData(queryKey, answer);
      announce(t("productForm.saved"));
    },
  });
  const change = (key: number, part: Partial<MarketPrice>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => {
    const key = 1 + Math.max(-1, ...rows.map((row) => row.key));
    setRows([...rows, { key, currency: "", region: "", amount: 0, was: null }]);
  };
  return (
    <form
      aria-label={t("productForm.markets")}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <div>
          <Title order={3}>{t("productForm.markets")}</Title>
          <Text size="sm" c="dimmed">
            {t("productForm.marketsText")}
          </Text>
        </div>
        {known.isError ? <ErrorNotice error={known.error} retry={() => void known.refetch()} /> : null}
        {rows.map((row, i) => (
          <Group key={row.key} gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              label={t("productForm.currency")}
              required
              w={90}
              maxLength={3}
              error={errorAt(save.error, `prices.${i}.currency`)}
              value={row.currency}
              onChange={(event) => change(row.key, { currency: event.currentTarget.value.toUpperCase() })}
            />
            <TextInput
              label={t("productForm.region")}
              w={90}
              maxLength={6}
              error={errorAt(save.error, `prices.${i}.region`)}
              value={row.region}
              onChange={(event) => change(row.key, { region: event.currentTarget.value.toUpperCase() })}
            />
            <MoneyInput
              label={t("productForm.price")}
              required
              currency={row.currency}
              value={row.amount}
              onChange={(amount) => change(row.key, { amount: amount ?? 0 })}
            />
            <MoneyInput
              label={t("productForm.was")}
              currency={row.currency}
              error={errorAt(save.error, `prices.${i}.was`)}
              value={row.was}
              onChange={(was) => change(row.key, { was })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("productForm.drop")}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t("productForm.addPrice")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!known.isSuccess}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
