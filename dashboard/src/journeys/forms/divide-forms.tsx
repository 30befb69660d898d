import { Button, Group, NumberInput, Paper, Switch, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { addWay, removeWay, toggleHoldout } from "../graph-edit.ts";
import type { FormProps } from "./form-props.ts";

export function SplitForm({ id, node, graph, onChange, onGraph }: FormProps<"split">) {
  const { t } = useTranslation();
  const write = (index: number, change: Partial<(typeof node.ways)[number]>) =>
    onChange({ ...node, ways: node.ways.map((way, at) => (at === index ? { ...way, ...change } : way)) });
  return (
    <>
      {node.ways.map((way, index) => (
        <Share
          // biome-ignore lint/suspicious/noArrayIndexKey: ways are told apart by their order
          key={index}
          nameLabel={t("node.wayName")}
          name={way.name ?? ""}
          share={way.share}
          onName={(name) => write(index, { name })}
          onShare={(share) => write(index, { share })}
          onRemove={node.ways.length > 2 ? () => onGraph(removeWay(graph, id, index)) : undefined}
        />
      ))}
      <Button variant="light" size="compact-sm" onClick={() => onGraph(addWay(graph, id))}>
        {t("node.addWay")}
      </Button>
    </>
  );
}

export function ExperimentForm({ id, node, graph, onChange, onGraph }: FormProps<"experiment">) {
  const { t } = useTranslation();
  const write = (index: number, change: Partial<(typeof node.variants)[number]>) =>
    onChange({ ...node, variants: node.variants.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <>
      {node.variants.map((variant, index) => (
        <Share
          // biome-ignore lint/suspicious/noArrayIndexKey: variants are told apart by their order
          key={index}
          nameLabel={t("node.variantName")}
          name={variant.name}
          share={variant.share}
          isNamed
          onName={(name) => write(index, { name })}
          onShare={(share) => write(index, { share: Math.max(1, share) })}
          onRemove={node.variants.length > 2 ? () => onGraph(removeWay(graph, id, index)) : undefined}
        />
      ))}
      <Button variant="light" size="compact-sm" onClick={() => onGraph(addWay(graph, id))}>
        {t("node.addVariant")}
      </Button>
      <Switch
        label={t("node.holdout")}
        description={t("node.holdoutText")}
        checked={node.holdout !== undefined}
        onChange={() => onGraph(toggleHoldout(graph, id))}
      />
      {node.holdout ? (
        <NumberInput
          label={t("node.share")}
          min={1}
          max={90}
          w={120}
          value={node.holdout.share}
          onChange={(share) =>
            node.holdout && onChange({ ...node, holdout: { ...node.holdout, share: Math.max(1, Number(share) || 1) } })
          }
        />
      ) : null}
      <Switch
        label={t("node.winner")}
        description={t("node.winnerText")}
        checked={node.winner !== undefined}
        onChange={(event) => {
          const { winner: _, ...rest } = node;
          onChange(event.currentTarget.checked ? { ...rest, winner: { people: 1_000 } } : rest);
        }}
      />
      {node.winner ? (
        <NumberInput
          label={t("node.people")}
          min={100}
          w={160}
          allowDecimal={false}
          value={node.winner.people ?? 1_000}
          onChange={(people) => onChange({ ...node, winner: { people: Math.max(100, Number(people) || 1_000) } })}
        />
      ) : null}
    </>
  );
}

interface ShareProps {
  readonly name: string;
  readonly share: number;
  readonly nameLabel: string;
  /** Whether it must have a name. */
  readonly isNamed?: boolean;
  readonly onName: (name: string) => void;
  readonly onShare: (share: number) => void;
  readonly onRemove: (() => void) | undefined;
}

function Share({ nameLabel, isNamed = false, name, share, onName, onShare, onRemove }: ShareProps) {
  const { t } = useTranslation();
  return (
    <Paper p="xs">
      <Group wrap="nowrap" gap="xs" align="flex-end">
        <TextInput
          label={nameLabel}
          value={name}
          error={isNamed && name === ""}
          style={{ flex: 1 }}
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <NumberInput
          label={t("node.share")}
          w={96}
          min={0}
          max={100}
          value={share}
          onChange={(value) => onShare(Number(value) || 0)}
        />
      </Group>
      {onRemove ? (
        <Button variant="subtle" color="gray" size="compact-xs" mt={4} onClick={onRemove}>
          {t("action.remove")}
        </Button>
      ) : (
        <Text span size="xs" />
      )}
    </Paper>
  );
}
