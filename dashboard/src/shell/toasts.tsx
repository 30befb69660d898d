import "@mantine/notifications/styles.layer.css";

import { Button, Group } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { showWith } from "./announce.ts";

export default function Toasts() {
  const { t } = useTranslation();
  useEffect(
    () =>
      showWith((message, offer) => {
        const id = notifications.show({
          message: offer ? (
            <Group gap="sm" wrap="nowrap" justify="space-between">
              {message}
              <Button
                size="compact-xs"
                variant="default"
                style={{ flexShrink: 0 }}
                onClick={() => {
                  notifications.hide(id);
                  offer.run();
                }}
              >
                {offer.label}
              </Button>
            </Group>
          ) : (
            message
          ),
          closeButtonProps: { "aria-label": t("action.close") },
        });
      }),
    [t],
  );
  return <Notifications position="bottom-right" autoClose={8_000} />;
}
