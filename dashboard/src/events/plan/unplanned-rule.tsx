import { Group, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { PlanRules } from "../../../../server/src/plan/contracts.ts";
import { call } from "../../api/http.ts";
import { ErrorNotice } from "../../parts/notices.tsx";
import { announce } from "../../shell/announce.ts";
import { planRulesQuery } from "./queries.ts";

const UNPLANNED = ["allow", "warn", "block"] as const satisfies readonly PlanRules["unplanned"][];

/** What becomes of events that no plan names. */
export function UnplannedRule() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const rules = useQuery(planRulesQuery);
  const save = useMutation({
    mutationFn: (unplanned: PlanRules["unplanned"]) => call<PlanRules>("PUT", "/v1/plan", { unplanned }),
    onSuccess: (saved) => {
      client.setQueryData(planRulesQuery.queryKey, saved);
      announce(t("settings.saved"));
    },
  });
  const value = save.isPending ? save.variables : rules.data?.unplanned;
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t("plan.unplannedRule")}
        description={value ? t(`plan.unplannedText.${value}`) : null}
        allowDeselect={false}
        w={{ base: "100%", sm: 420 }}
        value={value ?? null}
        data={UNPLANNED.map((one) => ({ value: one, label: t(`plan.unplannedModes.${one}`) }))}
        onChange={(next) => {
          const chosen = UNPLANNED.find((one) => one === next);
          if (chosen) save.mutate(chosen);
        }}
      />
      {save.isError ? <ErrorNotice error={save.error} /> : null}
    </Group>
  );
}
