import { Alert, Button, Group, Skeleton, Tabs, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { announce } from "../shell/announce.ts";
import { useDescribeCondition } from "./describe-condition.ts";
import { MembersTable } from "./members-table.tsx";
import { type Segment, segmentQuery, segmentsQuery } from "./queries.ts";
import { SegmentEditor } from "./segment-editor.tsx";
import type { Condition } from "./segment-tree.ts";

const route = getRouteApi("/segments/$id");

export function SegmentPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const segment = useQuery(segmentQuery(id));
  useLiveQueries({ topics: ["segment"] }, [segmentsQuery.queryKey]);
  if (segment.isError && !segment.data) {
    return (
      <Page title={t("nav.segments")}>
        <ErrorNotice error={segment.error} retry={() => void segment.refetch()} />
      </Page>
    );
  }
  return segment.data ? <Loaded segment={segment.data} /> : <Skeleton m="lg" height={400} className="kilim-late" />;
}

function Loaded({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeCondition();
  const { tab = "members" } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: segmentsQuery.queryKey });
  const save = useMutation({
    mutationFn: (change: { readonly name: string; readonly definition: Condition }) =>
      call<Segment>("PUT", `/v1/segments/${segment.id}`, change),
    onSuccess: async () => {
      await reload();
      announce(t("segments.saved"));
    },
  });
  const archive = useMutation({
    mutationFn: () => call<unknown>("DELETE", `/v1/segments/${segment.id}`),
    onSuccess: async () => {
      await navigate({ to: "/segments" });
      await reload();
      announce(t("segments.archived", { name: segment.name }));
    },
  });
  return (
    <Page
      title={segment.name}
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          <Text span size="sm" fw={600} c="var(--mantine-color-text)">
            {t("segments.people", { count: segment.size, shown: format.number(segment.size) })}
          </Text>
          <Status value={segment.state}>
            {t(segment.state === "live" ? "segments.live" : "segments.backfilling")}
          </Status>
          <Text span size="sm">
            {describe(segment.definition)}
          </Text>
        </Group>
      }
      actions={
        <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate()}>
          {t("action.archive")}
        </Button>
      }
    >
      {segment.problem ? <Alert color="orange">{segment.problem}</Alert> : null}
      {archive.isError ? <ErrorNotice error={archive.error} /> : null}
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ search: { tab: value === "definition" ? value : undefined } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="members">{t("segments.members")}</Tabs.Tab>
          <Tabs.Tab value="definition">{t("segments.definition")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <MembersTable segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="definition">
          <SegmentEditor
            key={segment.updated_at}
            name={segment.name}
            definition={segment.definition}
            saveLabel={t("action.save")}
            isSaving={save.isPending}
            error={save.error}
            onSave={(change) => save.mutate(change)}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
