import { useTranslation } from "react-i18next";

import { TextLink } from "../../parts/link.tsx";
import { Page } from "../../parts/page.tsx";
import { AuditsList } from "./audits-list.tsx";
import { StartAudit } from "./start-audit.tsx";

export function AuditsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("audits.title")}
      subtitle={t("audits.text")}
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
      actions={<StartAudit />}
    >
      <AuditsList />
    </Page>
  );
}
