import { Alert, Button, Group, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { EventPlan } from "../../../../server/src/plan/contracts.ts";
import { call } from "../../api/http.ts";
import { useLiveQueries } from "../../api/live-queries.ts";
import { TextLink } from "../../parts/link.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { Page } from "../../parts/page.tsx";
import { ModeBadge } from "./mode-badge.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import classes from "./plan-page.module.css";
import { PlanVersions } from "./plan-versions.tsx";
import { PlanViolations } from "./plan-violations.tsx";
import { eventPlanQuery, planPath } from "./queries.ts";

const route = getRouteApi("/events/plan/$name");

/** One event's plan: what it should hold, what was wrong, and every version. */
export function PlanPage() {
  const { t } = useTranslation();
  const { name } = route.useParams();
  const found = useQuery(eventPlanQuery(name));
  useLiveQueries({ topics: ["plan"] }, [["plan"]]);
  return (
    <Page
      title={name}
      before={
        <TextLink to="/events" search={{ tab: "plan" }} size="sm" c="dimmed">
          ‹ {t("events.tab.plan")}
        </TextLink>
      }
      subtitle={found.data ? <ModeBadge mode={activeMode(found.data)} /> : null}
      actions={
        <TextLink to="/events" search={{ name }} size="sm">
          {t("plan.inStream")}
        </TextLink>
      }
    >
      {found.isError && !found.data ? <ErrorNotice error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton height={400} className="kilim-late" /> : null}
      {found.data ? <Loaded found={found.data} /> : null}
    </Page>
  );
}

function activeMode({ plan }: EventPlan) {
  return plan && plan.archived_at === null ? plan.mode : null;
}

function Loaded({ found }: { readonly found: EventPlan }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { name, plan } = found;
  const archive = useMutation({
    mutationFn: (back: boolean) =>
      back ? call("POST", `${planPath(name)}/restore`, {}) : call("DELETE", planPath(name)),
    onSuccess: () => client.invalidateQueries({ queryKey: ["plan"] }),
  });
  return (
    <Stack gap="md">
      {archive.isError ? <ErrorNotice error={archive.error} /> : null}
      {plan?.archived_at ? (
        <Alert color="orange" role="status">
          <Group justify="space-between">
            {t("plan.isArchived")}
            <Button
              size="compact-sm"
              variant="default"
              loading={archive.isPending}
              onClick={() => archive.mutate(true)}
            >
              {t("action.undo")}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <div className={classes.columns}>
        {/* A new version begins a new editor: what was typed has been saved, or is told as a conflict. */}
        <PlanEditor key={plan?.version ?? 0} found={found} />
        <Stack gap="md" miw={0}>
          <PlanViolations found={found} />
          {plan ? (
            <PlanVersions
              found={found}
              aside={
                plan.archived_at === null ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={archive.isPending}
                    onClick={() => archive.mutate(false)}
                  >
                    {t("action.archive")}
                  </Button>
                ) : null
              }
            />
          ) : null}
        </Stack>
      </div>
    </Stack>
  );
}
