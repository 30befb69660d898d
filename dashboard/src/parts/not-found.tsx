import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "./link.tsx";
import { Page } from "./page.tsx";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("notice.noPage")} actions={<ButtonLink to="/">{t("nav.home")}</ButtonLink>}>
      <Text>{t("notice.noPageText")}</Text>
    </Page>
  );
}
