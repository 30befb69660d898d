import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconMailbox } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { call, get } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { MessagesNav } from "../messages/messages-nav.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";

const LETTERS = ["letters"] as const;

type Format = "letter_a4" | "postcard_a6";
interface Waiting {
  readonly items: readonly { readonly format: Format; readonly letters: number }[];
}
interface Batch {
  readonly id: string;
  readonly format: Format;
  readonly letters: number;
  readonly created_by: string;
  readonly created_at: string;
}

/** What waits for the printer, and the files that were made of it. */
export function LettersPage() {
  const { t } = useTranslation();
  const batches = usePages<Batch>([...LETTERS, "batches"], "/v1/letters/batches");
  const columns = useColumns();
  return (
    <Page title={t("nav.messages")} subtitle={t("letters.subtitle")}>
      <MessagesNav active="letters" />
      <WaitingLetters />
      <Paper p="xs">
        <DataTable
          label={t("letters.batches")}
          source={batches}
          rows={itemsOf(batches.data)}
          columns={columns}
          rowId={(batch) => batch.id}
          empty={
            <EmptyNotice title={t("letters.none")} icon={<IconMailbox size={32} aria-hidden />}>
              {t("letters.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}

function WaitingLetters() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const waiting = useQuery({ queryKey: [...LETTERS, "waiting"], queryFn: () => get<Waiting>("/v1/letters/waiting") });
  const make = useMutation({
    mutationFn: (of: Format) => call<Batch>("POST", "/v1/letters/batches", { format: of }),
    onSuccess: () => client.invalidateQueries({ queryKey: LETTERS }),
  });
  return (
    <QueryView query={waiting} height={60}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Stack gap="sm">
            {items.map(({ format: of, letters }) => (
              <Paper key={of} p="md">
                <Group justify="space-between" gap="sm">
                  <Text size="sm">{t(`letters.waiting.${of}`, { count: letters, shown: format.number(letters) })}</Text>
                  <Button loading={make.isPending && make.variables === of} onClick={() => make.mutate(of)}>
                    {t("letters.make")}
                  </Button>
                </Group>
              </Paper>
            ))}
            {make.isError ? <ErrorNotice error={make.error} /> : null}
          </Stack>
        )
      }
    </QueryView>
  );
}

function useColumns(): readonly TableColumn<Batch>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "format",
        header: t("letters.format"),
        grow: true,
        cell: (batch) => (
          <Stack gap={0}>
            <Text size="sm" fw={550}>
              {t(`letters.formats.${batch.format}`)}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {batch.created_by}
            </Text>
          </Stack>
        ),
      },
      {
        id: "letters",
        header: t("letters.letters"),
        align: "right",
        cell: (batch) => <Text size="sm">{format.number(batch.letters)}</Text>,
      },
      {
        id: "when",
        header: t("letters.made"),
        align: "right",
        from: "sm",
        cell: (batch) => <When at={batch.created_at} />,
      },
      {
        id: "file",
        header: t("letters.file"),
        align: "right",
        cell: (batch) => (
          <Button
            component="a"
            href={`/v1/letters/batches/${batch.id}/pdf`}
            download
            size="compact-sm"
            variant="default"
          >
            PDF
          </Button>
        ),
      },
    ],
    [t, format],
  );
}
