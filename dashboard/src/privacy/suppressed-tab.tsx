import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { SUPPRESSED, type SuppressedPerson, suppressedQuery } from "./queries.ts";
import { SuppressedLookup } from "./suppressed-lookup.tsx";

const NONE: readonly SuppressedPerson[] = [];

/** Whom nothing is kept of: looked up by an identifier, since nobody can read who they are. */
export function SuppressedTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const suppressed = useQuery(suppressedQuery);
  useLiveQueries({ topics: ["erasure"] }, [SUPPRESSED]);
  const columns = useMemo<readonly TableColumn<SuppressedPerson>[]>(
    () => [
      { id: "since", header: t("privacy.since"), cell: (row) => <When at={row.since} /> },
      {
        id: "identifiers",
        header: t("privacy.identifiers"),
        grow: true,
        cell: (row) => (
          <Text size="sm" truncate>
            {Object.entries(row.identifiers)
              .map(([type, n]) => `${type} ${n}`)
              .join(" · ")}
          </Text>
        ),
      },
    ],
    [t],
  );
  return (
    <Stack maw={860}>
      <Card title={t("privacy.lookUp")}>
        <Text size="sm" c="dimmed">
          {t("privacy.lookUpText")}
        </Text>
        <SuppressedLookup />
      </Card>
      <Paper p="xs">
        {suppressed.data && suppressed.data.dropped_events > 0 ? (
          <Group gap="xs" p="xs">
            <Text size="sm" c="dimmed">
              {t("privacy.dropped")}
            </Text>
            <Text size="sm" fw={600}>
              {format.number(suppressed.data.dropped_events)}
            </Text>
          </Group>
        ) : null}
        <DataTable
          label={t("privacy.people")}
          source={suppressed}
          rows={suppressed.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          empty={
            <EmptyNotice title={t("privacy.noSuppressed")} icon={<IconUserOff size={32} aria-hidden />}>
              {t("privacy.noSuppressedText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Stack>
  );
}
