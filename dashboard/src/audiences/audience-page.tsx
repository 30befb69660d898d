import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { AudienceState } from "./audience-state.tsx";
import { type AccountCheck, type AdAudienceView, AUDIENCES, audienceQuery } from "./queries.ts";
import { RemoveAudience } from "./remove-audience.tsx";
import { Uploads } from "./uploads.tsx";

const route = getRouteApi("/messages/audiences/$id");

/** One audience: whom the network has, what stands in the way, files to upload by hand. */
export function AudiencePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const audience = useQuery(audienceQuery(id));
  useLiveQueries({ topics: ["ad_audience"] }, [AUDIENCES]);
  return (
    <Page
      title={audience.data?.name ?? t("audiences.one")}
      before={
        <TextLink to="/messages/audiences" size="sm" c="dimmed">
          ‹ {t("audiences.title")}
        </TextLink>
      }
      {...(audience.data ? { actions: <Actions audience={audience.data} /> } : {})}
    >
      <QueryView query={audience} height={320}>
        {(data) => (
          <Stack gap="md" maw={900}>
            <Troubles audience={data} />
            <Sizes audience={data} />
            <Facts audience={data} />
            {data.account_id === null ? null : <Uploads audienceId={data.id} />}
            <Files audience={data} />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

interface AudienceProps {
  readonly audience: AdAudienceView;
}

function Actions({ audience }: AudienceProps) {
  const { t } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (verb: "pause" | "resume") => call("POST", `/v1/audiences/${audience.id}/${verb}`),
    onSuccess: () => client.invalidateQueries({ queryKey: AUDIENCES }),
  });
  const ask = (asked: "remove" | undefined) => void navigate({ search: { action: asked }, replace: true });
  const verb = audience.state === "paused" ? "resume" : "pause";
  return (
    <>
      {audience.account_id === null || audience.state === "leaving" ? null : (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate(verb)}>
          {t(`audiences.${verb}`)}
        </Button>
      )}
      <Button variant="default" onClick={() => ask("remove")}>
        {t("audiences.remove")}
      </Button>
      {action === "remove" ? <RemoveAudience audience={audience} onClose={() => ask(undefined)} /> : null}
    </>
  );
}

/** What went wrong, in the network's own words, and when it is tried again. */
function Troubles({ audience }: AudienceProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => call("POST", `/v1/audiences/${audience.id}/resume`),
    onSuccess: () => client.invalidateQueries({ queryKey: AUDIENCES }),
  });
  if (audience.last_error === null) return null;
  return (
    <Alert color="kilim" icon={<IconAlertTriangle aria-hidden />} title={t("audiences.failed")} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" lang="en" style={{ overflowWrap: "anywhere" }}>
          {audience.last_error}
        </Text>
        <Text size="sm" component="div">
          {t("audiences.retry")} <When at={audience.retry_at} />
        </Text>
        {audience.state === "leaving" ? null : (
          <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t("action.retry")}
          </Button>
        )}
        {again.isError ? <ErrorNotice error={again.error} /> : null}
      </Stack>
    </Alert>
  );
}

function Sizes({ audience }: AudienceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = audience.account_id === null ? (["members"] as const) : (["members", "told", "waiting"] as const);
  return (
    <SimpleGrid cols={{ base: 1, xs: shown.length }}>
      {shown.map((size) => (
        <Paper p="md" key={size}>
          <Text size="sm" c="dimmed">
            {t(`audiences.${size}`)}
          </Text>
          <Text size="xl" fw={650}>
            {format.number(audience[size])}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`audiences.${size}Text`)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function Facts({ audience }: AudienceProps) {
  const { t } = useTranslation();
  const check = useMutation({
    mutationFn: () => call<AccountCheck>("POST", `/v1/audiences/${audience.id}/check`),
  });
  return (
    <Card
      title={t("audiences.destination")}
      aside={
        audience.account_id === null ? null : (
          <Button size="compact-sm" variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            {t("channels.check")}
          </Button>
        )
      }
    >
      <Fact name={t("audiences.state")}>
        <AudienceState audience={audience} />
      </Fact>
      <Fact name={t("audiences.who")}>
        {audience.segment_id === null ? (
          <Text size="sm">{t("audiences.byJourneys")}</Text>
        ) : (
          <TextLink to="/segments/$id" params={{ id: audience.segment_id }} size="sm" underline="always">
            {audience.segment_name ?? t("audiences.gone")}
          </TextLink>
        )}
      </Fact>
      <Fact name={t("audiences.account")}>
        {audience.account_id === null ? (
          <Text size="sm">{t("audiences.filesOnly")}</Text>
        ) : (
          <TextLink to="/settings/channels/$id" params={{ id: audience.account_id }} size="sm" underline="always">
            {audience.account_name ?? audience.account_id}
          </TextLink>
        )}
      </Fact>
      {audience.external_id === null ? null : (
        <Fact name={t("audiences.external")}>
          <Copyable value={audience.external_id} />
        </Fact>
      )}
      <Fact name={t("audiences.lastTold")}>
        <When at={audience.last_told_at} />
      </Fact>
      {check.isError ? <ErrorNotice error={check.error} /> : null}
      {check.data ? (
        <Alert
          role="status"
          color={check.data.ok ? "teal" : "kilim"}
          icon={check.data.ok ? <IconCheck aria-hidden /> : <IconPlugConnectedX aria-hidden />}
          title={check.data.ok ? t("channels.works") : t("channels.worksNot")}
        >
          <Text size="sm" lang="en">
            {check.data.detail}
          </Text>
        </Alert>
      ) : null}
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Group gap="sm" align="baseline" wrap="nowrap">
      <Text size="sm" c="dimmed" w={{ base: 130, xs: 170 }} flex="none">
        {name}
      </Text>
      {children}
    </Group>
  );
}

/** The same hashes, to be uploaded by hand. */
function Files({ audience }: AudienceProps) {
  const { t } = useTranslation();
  return (
    <Card title={t("audiences.files")}>
      <Text size="sm" c="dimmed">
        {t("audiences.filesText")}
      </Text>
      <Group gap="xs">
        {(["meta", "google"] as const).map((network) => (
          <Button
            key={network}
            component="a"
            href={`/v1/audiences/${audience.id}/file?network=${network}`}
            download
            variant="default"
          >
            {t(`audiences.file.${network}`)}
          </Button>
        ))}
      </Group>
    </Card>
  );
}
