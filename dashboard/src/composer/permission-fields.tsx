import { NumberInput, Select, SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { topicsQuery } from "../sending/queries.ts";
import type { Draft } from "./use-draft.ts";

/** What a field means stands below it, so that the fields of a row are level. */
const UNDER: ("label" | "input" | "description")[] = ["label", "input", "description"];

interface PermissionFieldsProps {
  readonly draft: Draft;
  onChange(next: Draft): void;
}

/** What is asked before it is sent: whether it is marketing, what about, and what yields to what. */
export function PermissionFields({ draft, onChange }: PermissionFieldsProps) {
  const { t, i18n } = useTranslation();
  const topics = useQuery(topicsQuery).data?.items ?? [];
  const offered = topics.filter(({ archived, key }) => !archived || key === draft.topic);
  return (
    <SimpleGrid cols={{ base: 1, xs: draft.purpose === "transactional" ? 1 : 3 }} spacing="sm">
      <Select
        label={t("messages.purpose")}
        allowDeselect={false}
        data={(["marketing", "transactional"] as const).map((value) => ({ value, label: t(`messages.${value}`) }))}
        value={draft.purpose}
        onChange={(value) => onChange({ ...draft, purpose: value === "transactional" ? value : "marketing" })}
      />
      {draft.purpose === "transactional" ? null : (
        <>
          <Select
            label={t("messages.topic")}
            description={t("messages.topicText")}
            inputWrapperOrder={UNDER}
            placeholder={t("messages.noTopic")}
            clearable
            clearButtonProps={{ "aria-label": t("action.clear") }}
            data={offered.map(({ key, names }) => ({
              value: key,
              label: names[i18n.language] ?? Object.values(names)[0] ?? key,
            }))}
            value={draft.topic ?? null}
            onChange={(topic) => onChange({ ...draft, topic })}
          />
          <NumberInput
            label={t("messages.priority")}
            description={t("messages.priorityText")}
            inputWrapperOrder={UNDER}
            min={-100}
            max={100}
            allowDecimal={false}
            value={draft.priority ?? 0}
            onChange={(value) => onChange({ ...draft, priority: Number(value) || 0 })}
          />
        </>
      )}
    </SimpleGrid>
  );
}
