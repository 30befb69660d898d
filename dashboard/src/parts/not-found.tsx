import { useTranslation } from "react-i18next";

import { ButtonLink } from "./link.tsx";
import { EmptyNotice } from "./notices.tsx";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyNotice title={t("notice.noPage")} action={<ButtonLink to="/">{t("nav.home")}</ButtonLink>}>
      {t("notice.noPageText")}
    </EmptyNotice>
  );
}
