import { Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { StockItem } from "../../../server/src/inventory/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { STOCK } from "./queries.ts";

interface CountFormProps {
  readonly variantId: string;
  readonly places: readonly StockItem[];
  readonly onDone: () => void;
}

interface Report {
  readonly items: readonly { readonly booked: number; readonly counted: number }[];
}

/** What somebody has counted on a shelf, as of now. */
export function CountForm({ variantId, places, onDone }: CountFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [place, setPlace] = useState<string | null>(places[0]?.location_id ?? null);
  const [counted, setCounted] = useState<number | string>("");
  // One sheet: sent twice, it is counted once.
  const [document] = useState(() => `screen-${crypto.randomUUID()}`);
  const save = useMutation({
    mutationFn: () =>
      call<Report>("POST", "/v1/stock/counts", {
        document,
        location_id: place,
        lines: [{ variant_id: variantId, counted: Number(counted), counted_at: new Date().toISOString() }],
      }),
    async onSuccess({ items: [line] }) {
      const name = places.find((one) => one.location_id === place)?.location_name ?? "";
      announce(t("stock.countDone", { place: name, booked: line?.booked ?? 0, counted: line?.counted ?? 0 }));
      onDone();
      await client.invalidateQueries({ queryKey: STOCK });
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
        <Text size="sm">{t("stock.countText")}</Text>
        <Select
          label={t("stock.location")}
          allowDeselect={false}
          value={place}
          data={places.map((one) => ({ value: one.location_id, label: one.location_name }))}
          onChange={setPlace}
        />
        <NumberInput
          label={t("stock.counted")}
          required
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={counted}
          onChange={setCounted}
        />
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={place === null || counted === ""}>
            {t("stock.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
