import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ChannelsSettings } from "../channels/channels-settings.tsx";
import { IdentitySettings } from "../identity/identity-settings.tsx";
import { PolicySettings } from "../orders/policy-settings.tsx";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { SendingSettings } from "../sending/sending-settings.tsx";
import { WebhooksSettings } from "../webhooks/webhooks-settings.tsx";
import { EmailSettings } from "./email-settings.tsx";
import { KeysSettings } from "./keys-settings.tsx";
import { PipelineHealth } from "./pipeline-health.tsx";

const route = getRouteApi("/settings");

export function SettingsPage() {
  const { t } = useTranslation();
  const { tab = "email" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.settings")}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: { tab: chosen } })}
        label={(id) => t(`settings.${id}`)}
        views={{
          email: <EmailSettings />,
          channels: <ChannelsSettings />,
          sending: <SendingSettings />,
          orders: <PolicySettings />,
          keys: <KeysSettings />,
          identity: <IdentitySettings />,
          webhooks: <WebhooksSettings />,
          pipeline: <PipelineHealth />,
        }}
      />
    </Page>
  );
}
