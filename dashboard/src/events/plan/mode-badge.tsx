import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { PlanItem } from "../../../../server/src/plan/contracts.ts";

const COLORS = { off: "gray", warn: "orange", block: "kilim" } as const;

export function ModeBadge({ mode }: { readonly mode: PlanItem["mode"] }) {
  const { t } = useTranslation();
  return (
    <Badge
      variant={mode === null ? "default" : "light"}
      color={mode === null ? "gray" : COLORS[mode]}
      radius="sm"
      tt="none"
      fw={600}
      miw="max-content"
    >
      {mode === null ? t("plan.unplanned") : t(`plan.modes.${mode}`)}
    </Badge>
  );
}
