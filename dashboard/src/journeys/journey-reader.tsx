import { Button, Group, Paper, SimpleGrid, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { announce } from "../shell/announce.ts";
import { useCommands } from "../shell/commands.ts";
import { ArchiveButton } from "./archive-button.tsx";
import { Canvas } from "./canvas.tsx";
import { NodePeople } from "./node-people.tsx";
import { journeysQuery, versionQuery } from "./queries.ts";
import { REHEARSAL_WIDTH, RehearsalDrawer } from "./rehearsal-drawer.tsx";
import { useWalk } from "./use-walk.ts";
import { VersionsDrawer } from "./versions-drawer.tsx";
import type { JourneyView } from "./wire.ts";

const route = getRouteApi("/journeys/$id");
const NOTHING: readonly string[] = [];
const NO_MISTAKES = new Map<string, readonly string[]>();

/** Where people stand now; a click on a node shows who. */
export function JourneyReader({ journey }: { readonly journey: JourneyView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { node, panel, version, against } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (action: "publish" | "resume" | "pause" | "archive") =>
      call<unknown>("POST", `/v1/journeys/${journey.id}/${action}`, {}),
    onSuccess: async (_answer, action) => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      announce(t(`journeys.done.${action}`, { name: journey.name }));
    },
  });
  // People stand in what was published, whatever the draft has become since.
  const isOther = journey.version > 0 && journey.has_changes;
  const published = useQuery({ ...versionQuery(journey.id, String(journey.version)), enabled: isOther });
  const shown: JourneyView = isOther && published.data ? { ...journey, graph: published.data.graph } : journey;
  const walk = useWalk();
  const isRehearsing = panel === "rehearse";
  const edit = () => void navigate({ search: { mode: "edit" } });
  useCommands([{ id: "journey.edit", keys: "e", group: "here", label: t("action.edit"), run: edit }]);
  return (
    <Page
      title={journey.name}
      before={
        <TextLink to="/journeys" size="sm" c="dimmed">
          ‹ {t("nav.journeys")}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          <Status value={journey.status}>{label("journey_status", journey.status)}</Status>
          <Text span size="sm">
            {t("journeys.version", { version: journey.version })}
            {isOther ? ` · ${t("journeys.draftDiffers")}` : ""}
          </Text>
        </Group>
      }
      actions={
        <>
          <Button variant="default" onClick={edit}>
            {t("action.edit")}
          </Button>
          <Button variant="default" onClick={() => void navigate({ search: { panel: "rehearse" } })}>
            {t("canvas.rehearse")}
          </Button>
          {journey.version > 0 ? (
            <Button variant="default" onClick={() => void navigate({ search: { panel: "versions" } })}>
              {t("canvas.versions")}
            </Button>
          ) : null}
          <Button
            component="a"
            variant="default"
            href={`/v1/journeys/${journey.id}/file`}
            download={`${journey.name}.json`}
          >
            {t("canvas.export")}
          </Button>
          {journey.status === "live" ? (
            <Button variant="default" loading={move.isPending} onClick={() => move.mutate("pause")}>
              {t("journeys.pause")}
            </Button>
          ) : journey.status === "paused" ? (
            <Button loading={move.isPending} onClick={() => move.mutate("resume")}>
              {t("journeys.resume")}
            </Button>
          ) : journey.status === "draft" ? (
            <Button loading={move.isPending} onClick={() => move.mutate("publish")}>
              {t("journeys.publish")}
            </Button>
          ) : null}
          {journey.status === "archived" ? null : (
            <ArchiveButton journey={journey} loading={move.isPending} onArchive={() => move.mutate("archive")} />
          )}
        </>
      }
    >
      {move.isError ? <ErrorNotice error={move.error} /> : null}
      <Numbers journey={journey} />
      <Canvas
        graph={isRehearsing ? journey.graph : shown.graph}
        stands={isRehearsing ? (walk.moment?.node ?? undefined) : undefined}
        covered={REHEARSAL_WIDTH}
        counts={journey.counts}
        flows={journey.ways}
        selected={node === undefined ? NOTHING : [node]}
        mistakes={NO_MISTAKES}
        onSelect={(id) => void navigate({ search: (now) => ({ ...now, node: id }) })}
      />
      <RehearsalDrawer
        journeyId={journey.id}
        graph={journey.graph}
        walk={walk}
        isOpen={isRehearsing}
        onClose={() => void navigate({ search: {} })}
      />
      <VersionsDrawer
        journey={journey}
        isOpen={panel === "versions"}
        version={version}
        against={against}
        onPick={(picked) => void navigate({ search: { panel: "versions", ...picked }, replace: true })}
        onClose={() => void navigate({ search: {} })}
      />
      <NodePeople journey={shown} node={node} onClose={() => void navigate({ search: {} })} />
    </Page>
  );
}

function Numbers({ journey }: { readonly journey: JourneyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rate = journey.entered === 0 ? "–" : format.percent(journey.converted / journey.entered);
  const facts = [
    [t("journeys.entered"), format.number(journey.entered)],
    [t("journeys.active"), format.number(journey.active)],
    [t("journeys.converted"), format.number(journey.converted)],
    [t("journeys.rate"), rate],
  ];
  return (
    <Paper p="md">
      <SimpleGrid cols={{ base: 2, xs: 4 }}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text fw={650} size="lg">
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
