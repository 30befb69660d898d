import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { BroadcastActions } from "./broadcast-actions.tsx";
import { BroadcastEditor } from "./broadcast-editor.tsx";
import { BroadcastProgress } from "./broadcast-progress.tsx";
import { BroadcastReportView } from "./broadcast-report.tsx";
import { draftOf } from "./draft.ts";
import { type BroadcastView, broadcastQuery } from "./queries.ts";

const route = getRouteApi("/messages/broadcasts/$id");

/** One broadcast: a form while it is a draft, then how far it is and what came of it. */
export function BroadcastPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const broadcast = useQuery(broadcastQuery(id));
  useLiveQueries({ topics: ["broadcast"] }, [broadcastQuery(id).queryKey]);
  const { data } = broadcast;
  return (
    <Page
      title={data?.name ?? t("broadcasts.one")}
      subtitle={data ? <Status value={data.state}>{t(`broadcasts.states.${data.state}`)}</Status> : undefined}
      actions={data ? <BroadcastActions broadcast={data} /> : undefined}
    >
      <QueryView query={broadcast} height={320}>
        {(view) =>
          view.state === "draft" ? (
            <DraftEditor key={view.id} view={view} />
          ) : (
            <Stack gap="md">
              <BroadcastProgress broadcast={view} />
              <BroadcastReportView broadcast={view} />
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function DraftEditor({ view }: { readonly view: BroadcastView }) {
  const [draft, setDraft] = useState(draftOf(view));
  return <BroadcastEditor id={view.id} draft={draft} onChange={setDraft} />;
}
