import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { EventPlan } from "../../../../server/src/plan/contracts.ts";
import { call } from "../../api/http.ts";
import { Card } from "../../parts/card.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { When } from "../../parts/when.tsx";
import { announce } from "../../shell/announce.ts";
import { planPath } from "./queries.ts";

/** Every version of a plan with its author; going back writes a new one. */
export function PlanVersions({ found, aside }: { readonly found: EventPlan; readonly aside: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: (version: number) => call("POST", `${planPath(found.name)}/versions/${version}/restore`, {}),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["plan"] });
      announce(t("plan.saved"));
    },
  });
  return (
    <Card title={t("plan.versions")} aside={aside}>
      {restore.isError ? <ErrorNotice error={restore.error} /> : null}
      <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
        {found.versions.map((version) => (
          <Group component="li" key={version.version} justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {t("plan.version", { version: version.version })} · {t(`plan.modes.${version.mode}`)} · {version.author} ·{" "}
              <When at={version.at} c="dimmed" />
            </Text>
            {version.version === found.plan?.version ? null : (
              <Button
                size="compact-xs"
                variant="subtle"
                style={{ flexShrink: 0 }}
                loading={restore.isPending && restore.variables === version.version}
                onClick={() => restore.mutate(version.version)}
              >
                {t("plan.restore")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
