import { Button, Group, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PlanItem } from "../../../../server/src/plan/contracts.ts";
import { useLiveQueries } from "../../api/live-queries.ts";
import { itemsOf, usePages } from "../../api/paged.ts";
import { useFormat } from "../../i18n/format.ts";
import { DataTable, type TableColumn } from "../../parts/data-table.tsx";
import { EmptyNotice } from "../../parts/notices.tsx";
import { When } from "../../parts/when.tsx";
import { ModeBadge } from "./mode-badge.tsx";
import { NewPlan } from "./new-plan.tsx";
import { UnplannedRule } from "./unplanned-rule.tsx";

const route = getRouteApi("/events");
const SHOW = ["planned", "unplanned"] as const;

/** Every event name that was seen or planned, with what was wrong. */
export function PlanTab() {
  const { t } = useTranslation();
  const { name, show } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(name ?? "");
  const [isNewOpen, newPlan] = useDisclosure(false);
  const search = useDebouncedCallback((value: string) => {
    void navigate({ search: (now) => ({ ...now, name: value.trim() || undefined }), replace: true });
  }, 200);
  const items = usePages<PlanItem>(["plan", "events"], "/v1/plan/events", { q: name, show });
  useLiveQueries({ topics: ["plan"] }, [["plan"]]);
  const columns = useColumns();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" maw={720}>
        {t("plan.intro")}
      </Text>
      <UnplannedRule />
      <Group gap="xs" align="flex-end">
        <TextInput
          data-search
          flex="1 1 220px"
          maw={360}
          label={t("events.name")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <Select
          label={t("plan.show")}
          placeholder={t("events.all")}
          clearable
          w={170}
          value={show ?? null}
          data={SHOW.map((value) => ({ value, label: t(`plan.shows.${value}`) }))}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, show: SHOW.find((one) => one === value) }), replace: true })
          }
        />
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={newPlan.open}>
          {t("plan.create")}
        </Button>
      </Group>
      <Paper p="xs">
        <DataTable
          label={t("events.tab.plan")}
          source={items}
          rows={itemsOf(items.data)}
          columns={columns}
          rowId={(row) => row.name}
          onOpen={(row) => void navigate({ to: "/events/plan/$name", params: { name: row.name } })}
          empty={<EmptyNotice title={t("plan.empty")}>{t("plan.emptyText")}</EmptyNotice>}
        />
      </Paper>
      <NewPlan opened={isNewOpen} onClose={newPlan.close} />
    </Stack>
  );
}

function useColumns(): readonly TableColumn<PlanItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("events.event"),
        grow: true,
        cell: (row) => (
          <Stack gap={0} miw={0}>
            <Text size="sm" fw={550} truncate>
              {row.name}
            </Text>
            {row.is_standard ? (
              <Text size="xs" c="dimmed" truncate>
                {t("plan.standard")}
              </Text>
            ) : null}
          </Stack>
        ),
      },
      { id: "mode", header: t("plan.mode"), cell: (row) => <ModeBadge mode={row.mode} /> },
      {
        id: "seen",
        header: t("plan.seen"),
        align: "right",
        from: "sm",
        cell: (row) => <Text size="sm">{row.seen === null ? "–" : format.number(row.seen)}</Text>,
      },
      {
        id: "last",
        header: t("plan.lastSeen"),
        align: "right",
        from: "md",
        cell: (row) => <When at={row.last_seen} />,
      },
      {
        id: "violations",
        header: t("plan.violations"),
        align: "right",
        cell: (row) => (
          <Text size="sm" fw={row.violations > 0 ? 650 : 400}>
            {format.number(row.violations)}
          </Text>
        ),
      },
    ],
    [t, format],
  );
}
