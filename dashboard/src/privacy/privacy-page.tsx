import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { ErasuresTab } from "./erasures-tab.tsx";
import { RetentionTab } from "./retention-tab.tsx";
import { SuppressedTab } from "./suppressed-tab.tsx";

const route = getRouteApi("/privacy");
const TABS = ["erasures", "suppressed", "retention"] as const;

/** Whom we have erased, whom we keep out, and how long events stay. */
export function PrivacyPage() {
  const { t } = useTranslation();
  const { tab = "erasures" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.privacy")} subtitle={t("privacy.subtitle")}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: TABS.find((one) => one === value) } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`privacy.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="erasures">
          <ErasuresTab />
        </Tabs.Panel>
        <Tabs.Panel value="suppressed">
          <SuppressedTab />
        </Tabs.Panel>
        <Tabs.Panel value="retention">
          <RetentionTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
