import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { ErasuresTab } from "./erasures-tab.tsx";
import { RetentionTab } from "./retention-tab.tsx";
import { SuppressedTab } from "./suppressed-tab.tsx";

const route = getRouteApi("/privacy");

/** Whom we have erased, whom we keep out, and how long events stay. */
export function PrivacyPage() {
  const { t } = useTranslation();
  const { tab = "erasures" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.privacy")} subtitle={t("privacy.subtitle")}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: { tab: chosen } })}
        label={(id) => t(`privacy.tab.${id}`)}
        views={{ erasures: <ErasuresTab />, suppressed: <SuppressedTab />, retention: <RetentionTab /> }}
      />
    </Page>
  );
}
