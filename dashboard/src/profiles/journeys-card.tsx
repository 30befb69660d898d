import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useLabel } from "../i18n/label.ts";
import { profileRunsQuery } from "../journeys/queries.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";

/** Where this person stands in our journeys, and how the earlier ones ended. */
export function JourneysCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const runs = useQuery(profileRunsQuery(profileId));
  return (
    <Card title={t("nav.journeys")}>
      <QueryView query={runs} height={24}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("profile.noJourneys")}
            </Text>
          ) : (
            <Stack gap={8}>
              {data.map(({ journey, run }) => (
                <div key={run.id}>
                  <Group justify="space-between" wrap="nowrap" gap="xs">
                    <TextLink
                      to="/journeys/$id"
                      params={{ id: journey.id }}
                      search={run.exited_at ? {} : { node: run.node ?? undefined }}
                      size="sm"
                      truncate
                    >
                      {journey.name}
                    </TextLink>
                    <Status value={run.exited_at ? "archived" : "waiting"}>
                      {run.exited_at ? label("exit_reason", run.exit_reason ?? "completed") : t("journeys.inside")}
                    </Status>
                  </Group>
                  <Text size="xs" c="dimmed">
                    {t("journeys.entered")} <When at={run.entered_at} size="xs" />
                    {run.wake_at && !run.exited_at ? (
                      <>
                        {" · "}
                        {t("journeys.nextStep")} <When at={run.wake_at} size="xs" />
                      </>
                    ) : null}
                  </Text>
                </div>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}
