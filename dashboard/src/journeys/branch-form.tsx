import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Builder } from "../segments/builder/builder.tsx";
import { toCondition, toGroup } from "../segments/segment-tree.ts";
import { addCase, removeCase, updateNode } from "./graph-edit.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

interface BranchFormProps {
  readonly id: string;
  readonly node: Extract<JourneyNode, { kind: "branch" }>;
  readonly graph: JourneyGraph;
  readonly onGraph: (graph: JourneyGraph) => void;
}

/** The cases of a branch, asked in their order; whoever meets none goes the other way. */
export function BranchForm({ id, node, graph, onGraph }: BranchFormProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {node.cases.map((one, index) => {
        const root = toGroup(one.condition);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: cases are told apart by their order
          <Paper p="xs" key={index}>
            <Group justify="space-between" mb={4}>
              <Text size="sm" fw={600}>
                {t("node.case", { number: index + 1 })}
              </Text>
              {node.cases.length > 1 ? (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  onClick={() => onGraph(removeCase(graph, id, index))}
                >
                  {t("action.remove")}
                </Button>
              ) : null}
            </Group>
            <Builder
              root={root}
              onChange={(changed) => {
                const cases = node.cases.map((old, at) =>
                  at === index ? { ...old, condition: toCondition(changed) } : old,
                );
                onGraph(updateNode(graph, id, { ...node, cases }));
              }}
            />
          </Paper>
        );
      })}
      <Button variant="light" size="compact-sm" onClick={() => onGraph(addCase(graph, id))}>
        {t("node.addCase")}
      </Button>
    </Stack>
  );
}
