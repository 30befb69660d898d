import { Checkbox, MultiSelect, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useLabel } from "../../i18n/label.ts";
import { templatesQuery } from "../../messages/queries.ts";
import { TextLink } from "../../parts/link.tsx";
import { DurationInput } from "../../segments/duration-input.tsx";
import type { FormProps } from "./form-props.ts";
import { Labelled } from "./labelled.tsx";

export function SendForm({ node, onChange }: FormProps<"send">) {
  const { t } = useTranslation();
  const label = useLabel();
  const templates = useQuery(templatesQuery);
  const data = (templates.data?.items ?? []).map((template) => ({
    value: template.id,
    label: template.channel === "email" ? template.name : `${template.name} · ${label("channel", template.channel)}`,
  }));
  const { template_id: one, best_of: several, skip_after: skipAfter, ...rest } = node;
  const late = skipAfter === undefined ? {} : { skip_after: skipAfter };
  return (
    <Stack gap="sm">
      <Labelled label={t("node.which")}>
        <SegmentedControl
          fullWidth
          aria-label={t("node.which")}
          value={several === undefined ? "one" : "best"}
          data={[
            { value: "one", label: t("node.oneTemplate") },
            { value: "best", label: t("node.bestOf") },
          ]}
          onChange={(which) =>
            onChange(
              which === "best"
                ? { ...rest, ...late, best_of: one ? [one] : [] }
                : { ...rest, ...late, template_id: several?.[0] ?? "" },
            )
          }
        />
      </Labelled>
      {several === undefined ? (
        <Select
          label={t("messages.template")}
          searchable
          placeholder={t("node.pickTemplate")}
          data={data}
          value={one || null}
          error={one === ""}
          onChange={(template_id) => onChange({ ...rest, ...late, template_id: template_id ?? "" })}
        />
      ) : (
        <MultiSelect
          label={t("messages.template")}
          description={t("node.bestOfText")}
          searchable
          data={data}
          value={[...several]}
          error={several.length < 2}
          onChange={(best_of) => onChange({ ...rest, ...late, best_of })}
        />
      )}
      {one ? (
        <TextLink to="/messages/templates/$id" params={{ id: one }} size="sm">
          {t("node.openTemplate")}
        </TextLink>
      ) : null}
      <Labelled label={t("node.state")}>
        <SegmentedControl
          fullWidth
          aria-label={t("node.state")}
          value={node.state ?? "live"}
          data={[
            { value: "draft", label: t("node.draft") },
            { value: "live", label: t("node.live") },
          ]}
          onChange={(state) => onChange({ ...node, state: state === "draft" ? "draft" : "live" })}
        />
      </Labelled>
      <Checkbox
        label={t("node.skip")}
        description={t("node.skipText")}
        checked={skipAfter !== undefined}
        onChange={(event) => {
          const { skip_after: _, ...without } = node;
          onChange(event.currentTarget.checked ? { ...without, skip_after: "PT12H" } : without);
        }}
      />
      {skipAfter === undefined ? null : (
        <DurationInput
          size="sm"
          label={t("node.lateAfter")}
          value={skipAfter}
          onChange={(skip_after) => onChange({ ...node, skip_after })}
        />
      )}
      <Text size="xs" c="dimmed">
        {t("node.help.send")}
      </Text>
    </Stack>
  );
}
