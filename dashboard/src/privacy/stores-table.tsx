import { Group, Loader, Paper, Table, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import type { Receipt } from "./queries.ts";
import { useReceiptWord } from "./receipt-word.ts";

/** Store by store: done or waiting, what went and what stays without the person. */
export function StoresTable({ stores }: Pick<Receipt, "stores">) {
  const { t } = useTranslation();
  const word = useReceiptWord();
  return (
    <Paper p="xs">
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing="xs" aria-label={t("privacy.receipt")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("privacy.store")}</Table.Th>
              <Table.Th>{t("privacy.removed")}</Table.Th>
              <Table.Th visibleFrom="sm">{t("privacy.kept")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stores.map(({ store, status, removed, kept }) => (
              <Table.Tr key={store} style={{ verticalAlign: "top" }}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    {status === "done" ? (
                      <IconCheck
                        size={16}
                        style={{ flexShrink: 0 }}
                        color="var(--mantine-color-teal-6)"
                        role="img"
                        aria-label={t("privacy.state.done")}
                      />
                    ) : (
                      <Loader size={14} role="img" aria-label={t("privacy.state.waiting")} />
                    )}
                    <Text size="sm">{word("stores", store)}</Text>
                  </Group>
                </Table.Td>
                <Table.Td>
                  <Counts counts={removed} isDone={status === "done"} />
                  <Group hiddenFrom="sm" gap={0}>
                    <Kept counts={kept} />
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <Counts counts={kept} isDone={false} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function Kept({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const { t } = useTranslation();
  if (Object.values(counts).every((n) => n === 0)) return null;
  return (
    <>
      <Text size="xs" c="dimmed" mt={4} w="100%">
        {t("privacy.kept")}
      </Text>
      <Counts counts={counts} isDone={false} />
    </>
  );
}

function Counts({ counts, isDone }: { readonly counts: Readonly<Record<string, number>>; readonly isDone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useReceiptWord();
  const some = Object.entries(counts).filter(([, n]) => n > 0);
  if (some.length === 0)
    return isDone ? (
      <Text size="sm" c="dimmed">
        {t("privacy.nothing")}
      </Text>
    ) : null;
  return (
    <Group gap="xs" style={{ rowGap: 2 }}>
      {some.map(([kind, n]) => (
        <Text key={kind} size="sm">
          {word("kinds", kind)}{" "}
          <Text span fw={600} ff="inherit" style={{ fontVariantNumeric: "tabular-nums" }}>
            {format.number(n)}
          </Text>
        </Text>
      ))}
    </Group>
  );
}
