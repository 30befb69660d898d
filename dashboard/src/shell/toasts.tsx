import "@mantine/notifications/styles.layer.css";

import { Notifications, notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { showWith } from "./announce.ts";

export default function Toasts() {
  const { t } = useTranslation();
  useEffect(
    () => showWith((message) => notifications.show({ message, closeButtonProps: { "aria-label": t("action.close") } })),
    [t],
  );
  return <Notifications position="bottom-right" autoClose={8_000} />;
}
