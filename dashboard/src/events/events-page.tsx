import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { PlanTab } from "./plan/plan-tab.tsx";
import { QuarantineTab } from "./quarantine-tab.tsx";
import { StreamTab } from "./stream-tab.tsx";

const route = getRouteApi("/events");
const TABS = ["stream", "quarantine", "plan"] as const;

/** What comes in: the live stream, what was set aside, and what events should hold. */
export function EventsPage() {
  const { t } = useTranslation();
  const { tab = "stream" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.events")} subtitle={t("events.subtitle")}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: TABS.find((one) => one === value) } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`events.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="stream">
          <StreamTab />
        </Tabs.Panel>
        <Tabs.Panel value="quarantine">
          <QuarantineTab />
        </Tabs.Panel>
        <Tabs.Panel value="plan">
          <PlanTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
