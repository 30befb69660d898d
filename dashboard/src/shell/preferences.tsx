import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { chooseLanguage, LANGUAGES, type Language } from "../i18n/start.ts";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Tooltip label={t("shell.language")}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("shell.language")}>
            <IconLanguage size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => void chooseLanguage(language)}
            rightSection={i18n.language === language ? <IconCheck size={14} aria-hidden /> : null}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES[colorScheme];
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Tooltip label={t("shell.scheme")}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("shell.scheme")}>
            <Current size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(["light", "dark", "auto"] as const).map((scheme) => {
          const Shape = SCHEMES[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Shape size={16} aria-hidden />}
              rightSection={scheme === colorScheme ? <IconCheck size={14} aria-hidden /> : null}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`shell.${scheme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
