import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { errorAt } from "../parts/field-error.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { type Location, STOCK } from "./queries.ts";
import { variantsByWords } from "./variant-search.ts";

export interface TransferLine {
  readonly variant_id: string;
  readonly label: string;
  readonly quantity: number | string;
}

interface NewTransferProps {
  readonly from: string | undefined;
  readonly locations: readonly Location[];
  /** What stands there from the beginning. */
  readonly lines?: readonly TransferLine[];
  readonly onDone: () => void;
}

/** Sends several items from one place to another, as one transfer. */
export function NewTransfer({ from: given, locations, lines: first = [], onDone }: NewTransferProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [from, setFrom] = useState<string | null>(given ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [lines, setLines] = useState(first);
  const pieces = lines.reduce((sum, line) => sum + Number(line.quantity), 0);
  const send = useMutation({
    mutationFn: () =>
      call("POST", "/v1/stock/transfers", {
        from,
        to,
        ...(note.trim() ? { note: note.trim() } : {}),
        lines: lines.map(({ variant_id, quantity }) => ({ variant_id, quantity: Number(quantity) })),
      }),
    async onSuccess() {
      announce(t("stock.sent", { count: pieces, place: locations.find(({ id }) => id === to)?.name ?? "" }));
      onDone();
      await client.invalidateQueries({ queryKey: STOCK });
    },
  });
  const places = locations.map(({ id, name }) => ({ value: id, label: name }));
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
          required
          allowDeselect={false}
          data={places.filter(({ value }) => value !== to)}
          value={from}
          onChange={setFrom}
        />
        <Select
          label={t("stock.to")}
          required
          allowDeselect={false}
          data={places.filter(({ value }) => value !== from)}
          value={to}
          onChange={setTo}
        />
        <AddLine
          onAdd={(line) =>
            setLines((now) => (now.some(({ variant_id }) => variant_id === line.variant_id) ? now : [...now, line]))
          }
        />
        {lines.map((line, i) => (
          <Group key={line.variant_id} gap="xs" wrap="nowrap" align="center" data-testid="transfer-line">
            <Text size="sm" flex={1} miw={0}>
              {line.label}
            </Text>
            <NumberInput
              aria-label={`${t("stock.quantity")}: ${line.label}`}
              required
              w={90}
              min={1}
              max={1_000_000}
              allowDecimal={false}
              error={errorAt(send.error, `lines.${i}.quantity`)}
              value={line.quantity}
              onChange={(quantity) => setLines(lines.with(i, { ...line, quantity }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("stock.dropLine", { item: line.label })}
              onClick={() => setLines(lines.filter((other) => other !== line))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <TextInput
          label={t("stock.noteOf")}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {send.isError ? <ErrorNotice error={send.error} /> : null}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={send.isPending}
            disabled={!from || !to || lines.length === 0 || lines.some(({ quantity }) => Number(quantity) < 1)}
          >
            {t("stock.sendNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Found by words or code; each item once. */
function AddLine({ onAdd }: { readonly onAdd: (line: TransferLine) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [words] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({ ...variantsByWords(words), enabled: words.length >= 2 });
  return (
    <Select
      label={t("stock.addLine")}
      placeholder={t("products.searchHint")}
      searchable
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      data={words.length >= 2 ? (found.data ?? []) : []}
      value={null}
      onChange={(value, option) => {
        if (value && option) onAdd({ variant_id: value, label: option.label, quantity: 1 });
        setText("");
      }}
      nothingFoundMessage={words.length >= 2 ? t("products.emptyText") : null}
    />
  );
}
