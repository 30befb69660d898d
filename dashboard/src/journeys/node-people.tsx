import { Drawer, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useLabel } from "../i18n/label.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { useDescribeEntry } from "./describe-entry.ts";
import { useDescribeNode } from "./describe-node.ts";
import { ENTRY, nodeAt } from "./graph-edit.ts";
import { JourneyResults } from "./journey-results.tsx";
import type { JourneyView, RunView } from "./wire.ts";

interface NodePeopleProps {
  readonly journey: JourneyView;
  readonly node: string | undefined;
  readonly onClose: () => void;
}

/** Who stands at a node, since when, and what comes next for them; at the entry, everybody who came in. */
export function NodePeople({ journey, node, onClose }: NodePeopleProps) {
  const { t } = useTranslation();
  const describeNode = useDescribeNode();
  const describeEntry = useDescribeEntry();
  const step = node === undefined ? undefined : nodeAt(journey.graph, node);
  return (
    <Drawer
      opened={node !== undefined}
      onClose={onClose}
      title={step ? describeNode(step) : describeEntry(journey.graph).entry}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {node === undefined ? null : (
        <>
          {node === ENTRY || step?.kind === "experiment" ? <JourneyResults journey={journey} node={node} /> : null}
          <People journeyId={journey.id} node={node} />
        </>
      )}
    </Drawer>
  );
}

function People({ journeyId, node }: { readonly journeyId: string; readonly node: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const runs = usePages<RunView>(["journeys", journeyId, "runs"], `/v1/journeys/${journeyId}/runs`, {
    node: node === ENTRY ? undefined : node,
  });
  const columns: readonly TableColumn<RunView>[] = [
    {
      id: "person",
      header: t("people.name"),
      grow: true,
      cell: (run) => <Person id={run.profile_id} name={run.profile_name} />,
    },
    {
      id: "when",
      header: t("journeys.whenColumn"),
      align: "right",
      cell: (run) => (
        <Stack gap={0} align="flex-end" style={{ whiteSpace: "nowrap" }}>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed">
              {t("journeys.entered")}
            </Text>
            <When at={run.entered_at} size="xs" />
          </Group>
          {run.exited_at ? (
            <Text size="xs">
              {label("exit_reason", run.exit_reason ?? "completed")} · <When at={run.exited_at} size="xs" />
            </Text>
          ) : run.wake_at ? (
            <Group gap={4} wrap="nowrap">
              <Text size="xs" c="dimmed">
                {t("journeys.nextStep")}
              </Text>
              <When at={run.wake_at} size="xs" />
            </Group>
          ) : null}
        </Stack>
      ),
    },
  ];
  return (
    <DataTable
      label={t("journeys.peopleAt")}
      source={runs}
      rows={itemsOf(runs.data)}
      columns={columns}
      rowId={(run) => run.id}
      empty={<EmptyNotice title={t("journeys.nobodyHere")}>{t("journeys.nobodyHereText")}</EmptyNotice>}
    />
  );
}
