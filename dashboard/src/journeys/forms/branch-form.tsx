import { Button, Group, Paper, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Builder } from "../../segments/builder/builder.tsx";
import { toCondition, toGroup } from "../../segments/segment-tree.ts";
import { useDescribeNode } from "../describe-node.ts";
import { addWay, removeWay } from "../graph-edit.ts";
import type { BranchCase, JourneyGraph } from "../wire.ts";
import type { FormProps } from "./form-props.ts";

/** The cases of a branch, asked in their order; whoever meets none goes the other way. */
export function BranchForm({ id, node, graph, onChange, onGraph }: FormProps<"branch">) {
  const { t } = useTranslation();
  const write = (index: number, changed: BranchCase) =>
    onChange({ ...node, cases: node.cases.map((old, at) => (at === index ? changed : old)) });
  return (
    <Stack gap="sm">
      {node.cases.map((one, index) => (
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
                onClick={() => onGraph(removeWay(graph, id, index))}
              >
                {t("action.remove")}
              </Button>
            ) : null}
          </Group>
          <SegmentedControl
            fullWidth
            size="xs"
            mb="xs"
            aria-label={t("node.caseBy")}
            value={byOf(one)}
            data={[
              { value: "condition", label: t("node.byCondition") },
              { value: "reacted", label: t("node.byReaction") },
              { value: "carried", label: t("node.byCarried") },
            ]}
            onChange={(by) => write(index, caseBy(by, one.next, one.name, graph))}
          />
          <CaseForm one={one} graph={graph} onChange={(changed) => write(index, changed)} />
        </Paper>
      ))}
      <Button variant="light" size="compact-sm" onClick={() => onGraph(addWay(graph, id))}>
        {t("node.addCase")}
      </Button>
    </Stack>
  );
}

const DID = ["sent", "not_sent", "opened", "clicked", "ordered"] as const;
const OPS = ["is", "is_not", "gte", "lte", "exists", "not_exists"] as const;

interface CaseFormProps {
  readonly one: BranchCase;
  readonly graph: JourneyGraph;
  readonly onChange: (one: BranchCase) => void;
}

function CaseForm({ one, graph, onChange }: CaseFormProps) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  if ("condition" in one) {
    return (
      <Builder
        root={toGroup(one.condition)}
        onChange={(changed) => onChange({ ...one, condition: toCondition(changed) })}
      />
    );
  }
  if ("reacted" in one) {
    const { reacted } = one;
    const messages = Object.entries(graph.nodes).filter(([, node]) => node.kind === "send");
    return (
      <Group gap="xs" align="flex-end">
        <Select
          label={t("node.reactedTo")}
          allowDeselect={false}
          data={messages.map(([id, node]) => ({ value: id, label: describe(node) }))}
          value={reacted.node}
          error={!messages.some(([id]) => id === reacted.node)}
          onChange={(node) => onChange({ ...one, reacted: { ...reacted, node: node ?? "" } })}
        />
        <Select
          aria-label={t("node.byReaction")}
          allowDeselect={false}
          data={DID.map((did) => ({ value: did, label: t(`node.did.${did}`) }))}
          value={reacted.did}
          onChange={(did) =>
            onChange({ ...one, reacted: { ...reacted, did: DID.find((known) => known === did) ?? "opened" } })
          }
        />
      </Group>
    );
  }
  const { carried } = one;
  const needsValue = carried.op !== "exists" && carried.op !== "not_exists";
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label={t("node.path")}
        value={carried.path}
        error={carried.path === ""}
        onChange={(event) => onChange({ ...one, carried: { ...carried, path: event.currentTarget.value } })}
      />
      <Select
        aria-label={t("node.byCarried")}
        allowDeselect={false}
        w={130}
        data={OPS.map((op) => ({ value: op, label: t(`node.op.${op}`) }))}
        value={carried.op}
        onChange={(op) => onChange({ ...one, carried: { ...carried, op: OPS.find((known) => known === op) ?? "is" } })}
      />
      {needsValue ? (
        <TextInput
          label={t("node.value")}
          w={130}
          value={String(carried.value ?? "")}
          onChange={(event) => onChange({ ...one, carried: { ...carried, value: event.currentTarget.value } })}
        />
      ) : null}
    </Group>
  );
}

function byOf(one: BranchCase): "condition" | "reacted" | "carried" {
  return "condition" in one ? "condition" : "reacted" in one ? "reacted" : "carried";
}

function caseBy(by: string, next: string, name: string | undefined, graph: JourneyGraph): BranchCase {
  const kept = name === undefined ? { next } : { name, next };
  if (by === "reacted") {
    const sent = Object.entries(graph.nodes).find(([, node]) => node.kind === "send")?.[0] ?? "";
    return { ...kept, reacted: { node: sent, did: "opened" } };
  }
  if (by === "carried") return { ...kept, carried: { path: "event.", op: "exists" } };
  return { ...kept, condition: { computed: "orders", op: "gte", value: 1 } };
}
