import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { setupQuery } from "../session/queries.ts";

/** Says on every screen that these people are invented. */
export function DemoBand() {
  const { t } = useTranslation();
  const setup = useQuery(setupQuery);
  if (!setup.data?.demo) return null;
  return (
    <Group
      component="aside"
      aria-label={t("demo.label")}
      justify="center"
      px="md"
      py={4}
      bg="light-dark(var(--mantine-color-kilim-0), var(--mantine-color-dark-6))"
      style={{ borderBottom: "1px solid var(--kilim-line)" }}
    >
      <Text size="xs" ta="center">
        <strong>{t("demo.label")}</strong> {t("demo.text")}{" "}
        <a href="/shop/" style={{ color: "var(--mantine-color-anchor)" }}>
          {t("demo.shop")}
        </a>
      </Text>
    </Group>
  );
}
