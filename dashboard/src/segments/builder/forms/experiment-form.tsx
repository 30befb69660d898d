import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { broadcastsQuery } from "../../../broadcasts/queries.ts";
import { journeyQuery } from "../../../journeys/queries.ts";
import type { InExperimentCondition } from "../../sentences/conditions.ts";
import { sayArm } from "../../sentences/say-leaf.ts";
import { useBuilder } from "../context.ts";
import { type Choice, PickList } from "../pick-list.tsx";
import { NamedForm } from "./choice-forms.tsx";

interface ExperimentFormProps {
  readonly leaf: InExperimentCondition;
  readonly slot: string;
  readonly onPick: (leaf: InExperimentCondition) => void;
}

interface ArmChoice extends Choice {
  readonly leaf: InExperimentCondition;
}

/** Whose experiment it is, or which arm of it. */
export function ExperimentForm({ leaf: { in_experiment: one }, slot, onPick }: ExperimentFormProps) {
  if ("journey" in one)
    return slot === "in_experiment.journey" ? (
      <NamedForm
        kind="journey"
        chosen={one.journey}
        onPick={(journey) => onPick({ in_experiment: { journey, node: journey === one.journey ? one.node : "" } })}
      />
    ) : (
      <JourneyArms journey={one.journey} chosen={keyOf(one.node, one.arm)} onPick={onPick} />
    );
  return slot === "in_experiment.broadcast" ? (
    <NamedForm
      kind="broadcast"
      chosen={one.broadcast}
      onPick={(broadcast) => onPick({ in_experiment: { broadcast } })}
    />
  ) : (
    <BroadcastArms broadcast={one.broadcast} chosen={keyOf("", one.arm)} onPick={onPick} />
  );
}

function keyOf(node: string, arm: string | undefined): string {
  return JSON.stringify([node, arm ?? null]);
}

interface ArmsProps {
  readonly chosen: string;
  readonly onPick: (leaf: InExperimentCondition) => void;
}

function JourneyArms({ journey, chosen, onPick }: ArmsProps & { readonly journey: string }) {
  const found = useQuery({ ...journeyQuery(journey), enabled: journey !== "" });
  const { speaker } = useBuilder();
  const choices = Object.entries(found.data?.graph.nodes ?? {}).flatMap(([id, node]) => {
    if (node.kind !== "experiment") return [];
    const arms = [undefined, ...node.variants.map(({ name }) => name), ...(node.holdout ? ["holdout"] : [])];
    return arms.map((arm) => ({
      key: keyOf(id, arm),
      label: sayArm(arm, speaker),
      family: node.name ?? id,
      leaf: { in_experiment: { journey, node: id, arm } },
    }));
  });
  return <Arms choices={choices} chosen={chosen} onPick={onPick} />;
}

function BroadcastArms({ broadcast, chosen, onPick }: ArmsProps & { readonly broadcast: string }) {
  const found = useQuery(broadcastsQuery);
  const { speaker } = useBuilder();
  const variants = found.data?.items.find(({ id }) => id === broadcast)?.variants ?? [];
  const choices = [undefined, ...variants.map(({ key }) => key)].map((arm) => ({
    key: keyOf("", arm),
    label: sayArm(arm, speaker),
    leaf: { in_experiment: { broadcast, arm } },
  }));
  return <Arms choices={choices} chosen={chosen} onPick={onPick} />;
}

function Arms({ choices, chosen, onPick }: ArmsProps & { readonly choices: readonly ArmChoice[] }) {
  const { t } = useTranslation();
  return <PickList label={t("builder.arm")} choices={choices} chosen={chosen} onPick={({ leaf }) => onPick(leaf)} />;
}
