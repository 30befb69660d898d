import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { IdentitySettings } from "../identity/identity-settings.tsx";
import { Page } from "../parts/page.tsx";
import { EmailSettings } from "./email-settings.tsx";
import { KeysSettings } from "./keys-settings.tsx";
import { PipelineHealth } from "./pipeline-health.tsx";

const route = getRouteApi("/settings");
const TABS = ["email", "keys", "identity", "pipeline"] as const;

export function SettingsPage() {
  const { t } = useTranslation();
  const { tab = "email" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.settings")}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: TABS.find((one) => one === value) } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`settings.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="email">
          <EmailSettings />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <KeysSettings />
        </Tabs.Panel>
        <Tabs.Panel value="identity">
          <IdentitySettings />
        </Tabs.Panel>
        <Tabs.Panel value="pipeline">
          <PipelineHealth />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
