import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { DraftView } from "../../../server/src/messages/contracts.ts";
import { get } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { templateQuery } from "./queries.ts";
import { TemplateEditor } from "./template-editor.tsx";

const route = getRouteApi("/messages/templates/$id");

/** The composer of one template; it begins where somebody has stopped writing. */
export function TemplatePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  // What others publish meanwhile must not take the text from under somebody's hands.
  const template = useQuery({ ...templateQuery(id), refetchOnWindowFocus: false });
  const hasDraft = template.data ? template.data.draft !== null : undefined;
  const draft = useQuery({
    queryKey: ["templates", id, "draft"],
    queryFn: () => get<DraftView>(`/v1/templates/${id}/draft`),
    enabled: hasDraft === true,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const failed = template.error ?? null;
  if (failed) {
    return (
      <Page title={t("messages.template")}>
        <ErrorNotice error={failed} retry={() => void template.refetch()} />
      </Page>
    );
  }
  if (!template.data || (hasDraft && draft.isPending)) return <Skeleton m="lg" height={480} className="kilim-late" />;
  return <TemplateEditor key={template.data.id} template={template.data} begun={draft.data ?? null} />;
}
