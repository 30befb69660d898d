import { Button, Group, SegmentedControl, Text, VisuallyHidden } from "@mantine/core";
import { IconListCheck, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../i18n.ts";
import { Mark } from "../shell/mark.tsx";
import { GoLink } from "./go-link.tsx";
import classes from "./kiosk.module.css";
import { startOver } from "./leave-nothing.ts";
import { go } from "./place.ts";
import { useList } from "./use-list.ts";
import { speak } from "./words.ts";

export function KioskHeader({ store }: { readonly store: StoreView }) {
  const { t, i18n } = useTranslation();
  const { count } = useList();
  return (
    <header className={classes.header}>
      <GoLink to={{ at: "find" }}>
        <Mark />
        <VisuallyHidden>{t("nav.home")}</VisuallyHidden>
      </GoLink>
      <Text fw={650} truncate className={classes.where}>
        {store.name}
      </Text>
      <SegmentedControl
        size="md"
        aria-label={t("nav.language")}
        value={i18n.language}
        onChange={(language) => void speak(language as Language)}
        data={LANGUAGES.map((value) => ({
          value,
          label: (
            <span lang={value} title={LANGUAGE_NAMES[value]}>
              {value.toUpperCase()}
            </span>
          ),
        }))}
      />
      <Group gap="xs">
        <Button
          variant="default"
          size="md"
          px="sm"
          leftSection={<IconListCheck size={22} aria-hidden="true" />}
          onClick={() => go({ at: "list" })}
          data-testid="my-list"
        >
          {t("nav.list", { count })}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="md"
          px="xs"
          leftSection={<IconRefresh size={22} aria-hidden="true" />}
          onClick={startOver}
        >
          {t("nav.startOver")}
        </Button>
      </Group>
    </header>
  );
}
