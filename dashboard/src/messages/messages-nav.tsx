import { Tabs } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useShownTab } from "../parts/shown-tab.ts";

const TABS = {
  sent: "/messages",
  broadcasts: "/messages/broadcasts",
  reports: "/messages/reports",
  audiences: "/messages/audiences",
  letters: "/messages/letters",
  failed: "/messages/failed",
  suppressions: "/messages/suppressions",
  templates: "/messages/templates",
  mailbox: "/messages/mailbox",
} as const;

/** The rooms of messages under one heading. */
export function MessagesNav({ active }: { readonly active: keyof typeof TABS }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useShownTab(active);
  return (
    <Tabs
      value={active}
      onChange={(value) => {
        if (value && value in TABS) void navigate({ to: TABS[value as keyof typeof TABS] });
      }}
    >
      <Tabs.List ref={list}>
        {(Object.keys(TABS) as (keyof typeof TABS)[]).map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`messages.tab.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
