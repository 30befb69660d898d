import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { brandQuery } from "../composer/queries.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { DeparturesCard } from "./departures-card.tsx";
import { KitForm } from "./kit-form.tsx";

/** The look and voice of everything that goes out. */
export function BrandPage() {
  const { t } = useTranslation();
  const brand = useQuery({ ...brandQuery, refetchOnWindowFocus: false });
  return (
    <Page
      title={t("brand.title")}
      subtitle={t("brand.subtitle")}
      before={
        <TextLink to="/messages/templates" size="sm" c="dimmed">
          ‹ {t("messages.tab.templates")}
        </TextLink>
      }
    >
      {brand.isError ? <ErrorNotice error={brand.error} retry={() => void brand.refetch()} /> : null}
      {brand.isPending ? <Skeleton height={480} className="kilim-late" /> : null}
      {brand.data ? <KitForm key={brand.data.version} view={brand.data} /> : null}
      <DeparturesCard />
    </Page>
  );
}
