import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { StockItem } from "../../../server/src/inventory/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { locationsQuery, STOCK } from "./queries.ts";

interface TransferFormProps {
  readonly variantId: string;
  readonly places: readonly StockItem[];
  readonly onDone: () => void;
}

/** Sends some of an item from one place to another. */
export function TransferForm({ variantId, places, onDone }: TransferFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const all = useQuery(locationsQuery).data?.items ?? [];
  const [from, setFrom] = useState<string | null>(places[0]?.location_id ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [quantity, setQuantity] = useState<number | string>("");
  const send = useMutation({
    mutationFn: () =>
      call("POST", "/v1/stock/transfers", { from, to, lines: [{ variant_id: variantId, quantity: Number(quantity) }] }),
    async onSuccess() {
      const place = all.find(({ id }) => id === to)?.name ?? "";
      announce(t("stock.sent", { count: Number(quantity), place }));
      onDone();
      await client.invalidateQueries({ queryKey: STOCK });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack>
        <Select
          label={t("stock.from")}
          allowDeselect={false}
          value={from}
          data={places.map((one) => ({ value: one.location_id, label: `${one.location_name} (${one.on_hand})` }))}
          onChange={setFrom}
        />
        <Select
          label={t("stock.to")}
          value={to}
          data={all.filter(({ id }) => id !== from).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setTo}
        />
        <NumberInput
          label={t("stock.quantity")}
          required
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={quantity}
          onChange={setQuantity}
        />
        {send.isError ? <ErrorNotice error={send.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={!from || !to || quantity === ""}>
            {t("stock.sendNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
