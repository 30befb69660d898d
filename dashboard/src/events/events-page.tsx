import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { PlanTab } from "./plan/plan-tab.tsx";
import { QuarantineTab } from "./quarantine-tab.tsx";
import { StreamTab } from "./stream-tab.tsx";

const route = getRouteApi("/events");

/** What comes in: the live stream, what was set aside, and what events should hold. */
export function EventsPage() {
  const { t } = useTranslation();
  const { tab = "stream" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.events")} subtitle={t("events.subtitle")}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: { tab: chosen } })}
        label={(id) => t(`events.tab.${id}`)}
        views={{ stream: <StreamTab />, quarantine: <QuarantineTab />, plan: <PlanTab /> }}
      />
    </Page>
  );
}
