import { Code, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { EventPlan } from "../../../../server/src/plan/contracts.ts";
import { useFormat } from "../../i18n/format.ts";
import { Card } from "../../parts/card.tsx";
import { TextLink } from "../../parts/link.tsx";
import { EmptyNotice } from "../../parts/notices.tsx";
import { When } from "../../parts/when.tsx";

/** What was wrong with the events of a name in the last thirty days, each with its newest example. */
export function PlanViolations({ found }: { readonly found: EventPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t("plan.violationsTitle")}>
      {found.violations.length === 0 ? (
        <EmptyNotice title={t("plan.noViolations")}>{t("plan.noViolationsText")}</EmptyNotice>
      ) : (
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {found.violations.map((violation) => (
            <Stack component="li" key={`${violation.path} ${violation.rule}`} gap={2}>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {violation.path ? <Code>{violation.path}</Code> : null}{" "}
                {violation.rule === "unplanned" ? t("plan.hasNoPlan") : violation.message}
              </Text>
              <Text size="xs" c="dimmed">
                {t("plan.times", { n: format.number(violation.n), blocked: format.number(violation.blocked) })} ·{" "}
                <When at={violation.last_at} size="xs" c="dimmed" /> ·{" "}
                <TextLink underline="always" to="/events" search={{ identifier: violation.message_id }} size="xs">
                  {t("plan.example")}
                </TextLink>
              </Text>
              <Text size="xs">{t(mendOf(violation.rule))}</Text>
            </Stack>
          ))}
        </Stack>
      )}
    </Card>
  );
}

const MENDS = ["required", "type", "enum", "additionalProperties", "pattern", "format", "unplanned"] as const;

function mendOf(rule: string) {
  const known = MENDS.find((one) => one === rule);
  return `plan.mend.${known ?? "other"}` as const;
}
