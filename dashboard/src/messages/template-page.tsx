import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { templateQuery } from "./queries.ts";
import { TemplateEditor } from "./template-editor.tsx";

const route = getRouteApi("/messages/templates/$id");

export function TemplatePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const template = useQuery(templateQuery(id));
  if (template.data) return <TemplateEditor key={template.data.id} template={template.data} />;
  if (template.isError) {
    return (
      <Page title={t("messages.template")}>
        <ErrorNotice error={template.error} retry={() => void template.refetch()} />
      </Page>
    );
  }
  return <Skeleton m="lg" height={480} className="kilim-late" />;
}
