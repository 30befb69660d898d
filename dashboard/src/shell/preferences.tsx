import { ActionIcon, Group, Tooltip, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { chooseLanguage, LANGUAGES, type Language } from "../i18n/start.ts";
import classes from "./preferences.module.css";

/** Three languages, each one click away and named in itself. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Group gap={0} wrap="nowrap" role="group" aria-label={t("shell.language")}>
      {(Object.keys(LANGUAGES) as Language[]).map((language) => (
        <Tooltip key={language} label={LANGUAGES[language]}>
          <UnstyledButton
            lang={language}
            className={classes.language ?? ""}
            aria-label={LANGUAGES[language]}
            aria-pressed={i18n.language === language}
            onClick={() => void chooseLanguage(language)}
          >
            {language.toUpperCase()}
          </UnstyledButton>
        </Tooltip>
      ))}
    </Group>
  );
}

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;
const NEXT = { light: "dark", dark: "auto", auto: "light" } as const;

/** Light, dark, as the system: one click goes on to the next. */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES[colorScheme];
  const label = `${t("shell.scheme")}: ${t(`shell.${colorScheme}`)}`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setColorScheme(NEXT[colorScheme])}>
        <Current size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
