import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { EventPlan, JsonSchema, PlannedEvent, Suggestion } from "../../../../server/src/plan/contracts.ts";
import { call, get } from "../../api/http.ts";
import { Card } from "../../parts/card.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { announce } from "../../shell/announce.ts";
import { FieldsForm } from "./fields-form.tsx";
import { eventPlanQuery, planPath } from "./queries.ts";
import { SchemaText } from "./schema-text.tsx";
import { TryPlan } from "./try-plan.tsx";

const route = getRouteApi("/events/plan/$name");
const MODES = ["off", "warn", "block"] as const satisfies readonly PlannedEvent["mode"][];
const EMPTY: JsonSchema = { type: "object", properties: {} };

/** The schema as a form or as JSON, its mode, and where to begin. */
export function PlanEditor({ found }: { readonly found: EventPlan }) {
  const { t } = useTranslation();
  const { name, plan } = found;
  const { view = "form" } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [mode, setMode] = useState(plan?.mode ?? "warn");
  const [schema, setSchema] = useState<JsonSchema>(plan?.schema ?? EMPTY);
  // Told to the text view: its words are not ours to write over while somebody types.
  const [filled, setFilled] = useState(0);
  const isChanged = !plan || mode !== plan.mode || JSON.stringify(schema) !== JSON.stringify(plan.schema);
  const save = useMutation({
    mutationFn: () => call<PlannedEvent>("PUT", planPath(name), { mode, schema, base_version: plan?.version ?? 0 }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["plan"] });
      announce(t("plan.saved"));
    },
  });
  const suggest = useMutation({
    mutationFn: (from: "seen" | "standard") => get<Suggestion>(`${planPath(name)}/suggestion`, { from }),
    onSuccess: (suggestion) => {
      setSchema(suggestion.schema);
      setFilled((count) => count + 1);
      announce(suggestion.samples > 0 ? t("plan.suggested", { n: suggestion.samples }) : t("plan.filled"));
    },
  });
  return (
    <Card
      title={t("plan.schema")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("plan.view")}
          value={view}
          onChange={(value) =>
            void navigate({ search: { view: value === "json" ? "json" : undefined }, replace: true })
          }
          data={[
            { value: "form", label: t("plan.form") },
            { value: "json", label: "JSON" },
          ]}
        />
      }
    >
      <Stack gap="md">
        <div>
          <SegmentedControl
            aria-label={t("plan.mode")}
            value={mode}
            onChange={(value) => setMode(MODES.find((one) => one === value) ?? "off")}
            data={MODES.map((value) => ({ value, label: t(`plan.modes.${value}`) }))}
          />
          <Text size="sm" c="dimmed" mt={4}>
            {t(`plan.modeText.${mode}`)}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            loading={suggest.isPending && suggest.variables === "seen"}
            onClick={() => suggest.mutate("seen")}
          >
            {t("plan.fromSeen")}
          </Button>
          {found.is_standard ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={suggest.isPending && suggest.variables === "standard"}
              onClick={() => suggest.mutate("standard")}
            >
              {t("plan.fromStandard")}
            </Button>
          ) : null}
        </Group>
        {suggest.isError ? <ErrorNotice error={suggest.error} /> : null}
        {view === "json" ? (
          <SchemaText key={filled} schema={schema} onChange={setSchema} />
        ) : (
          <FieldsForm schema={schema} onChange={setSchema} />
        )}
        <TryPlan name={name} schema={schema} />
        {save.isError ? (
          <ErrorNotice error={save.error} retry={() => void client.invalidateQueries(eventPlanQuery(name))} />
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Text size="sm" c="dimmed">
            {isChanged && plan ? t("plan.unsaved") : null}
          </Text>
          <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
