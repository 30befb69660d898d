import { ActionIcon, Box, Button, Group, Paper, TextInput, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api/http.ts";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { useCommands } from "../shell/commands.ts";
import { Canvas } from "./canvas.tsx";
import { EntryForm } from "./entry-form.tsx";
import { ENTRY, findUnfinished, insertOn, removeNode, updateNode } from "./graph-edit.ts";
import { useGraphHistory } from "./graph-history.ts";
import classes from "./journey-editor.module.css";
import { NodeForm } from "./node-form.tsx";
import { journeysQuery } from "./queries.ts";
import type { JourneyView } from "./wire.ts";

const route = getRouteApi("/journeys/$id");
const NO_COUNTS = {};

/** The draft of a journey. Nothing of it touches anybody before it is published. */
export function JourneyEditor({ journey }: { readonly journey: JourneyView }) {
  const { t } = useTranslation();
  const { node: selected } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState(journey.name);
  const [saved, setSaved] = useState({ name: journey.name, graph: journey.graph });
  const { graph, change, undo, redo, canUndo, canRedo } = useGraphHistory(journey.graph);
  const unfinished = findUnfinished(graph);
  const isChanged = graph !== saved.graph || name.trim() !== saved.name;
  const select = (id: string | undefined) => void navigate({ search: { mode: "edit", node: id }, replace: true });

  useBlocker({
    shouldBlockFn: ({ next }) =>
      isChanged && next.pathname !== `/journeys/${journey.id}` && !window.confirm(t("journeys.leaveUnsaved")),
    enableBeforeUnload: isChanged,
  });
  const save = useMutation({
    mutationFn: async (andPublish: boolean) => {
      const draft = { name: name.trim(), graph };
      await call<unknown>("PUT", `/v1/journeys/${journey.id}`, draft);
      setSaved(draft);
      if (andPublish) await call<unknown>("POST", `/v1/journeys/${journey.id}/publish`, {});
    },
    onSuccess: async (_answer, andPublish) => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      announce(t(andPublish ? "journeys.done.publish" : "journeys.done.save", { name }));
      if (andPublish) await navigate({ search: {} });
    },
  });
  useCommands([
    { id: "journey.undo", keys: "mod+z", group: "here", label: t("action.undo"), run: undo },
    { id: "journey.redo", keys: "mod+y", group: "here", label: t("action.redo"), run: redo },
    { id: "journey.save", keys: "mod+s", group: "here", label: t("journeys.saveDraft"), run: () => save.mutate(false) },
  ]);
  const node = selected === undefined ? undefined : graph.nodes[selected];

  return (
    <Page
      title={t("journeys.editing", { name: saved.name })}
      subtitle={t(unfinished.length > 0 ? "journeys.unfinished" : isChanged ? "journeys.unsaved" : "journeys.allSaved")}
      actions={
        <>
          <Tooltip label={t("action.undo")}>
            <ActionIcon variant="default" size="lg" disabled={!canUndo} onClick={undo} aria-label={t("action.undo")}>
              <IconArrowBackUp size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t("action.redo")}>
            <ActionIcon variant="default" size="lg" disabled={!canRedo} onClick={redo} aria-label={t("action.redo")}>
              <IconArrowForwardUp size={18} />
            </ActionIcon>
          </Tooltip>
          <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {} })}>
            {t("action.close")}
          </Button>
          <Button
            variant="default"
            disabled={!isChanged || unfinished.length > 0 || name.trim() === ""}
            loading={save.isPending && !save.variables}
            onClick={() => save.mutate(false)}
          >
            {t("journeys.saveDraft")}
          </Button>
          <Button
            disabled={unfinished.length > 0 || name.trim() === ""}
            loading={save.isPending && save.variables}
            onClick={() => save.mutate(true)}
          >
            {t("journeys.publish")}
          </Button>
        </>
      }
    >
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <Box className={classes.columns}>
        <Canvas
          graph={graph}
          counts={NO_COUNTS}
          selected={selected}
          unfinished={unfinished}
          onSelect={select}
          onInsert={(way, kind) => {
            const inserted = insertOn(graph, way, kind);
            change(inserted.graph);
            select(inserted.id);
          }}
        />
        <Paper p="md" component="section" aria-label={t("journeys.panel")}>
          <TextInput
            label={t("journeys.name")}
            value={name}
            mb="md"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {selected === ENTRY ? (
            <EntryForm graph={graph} onChange={change} />
          ) : node && selected ? (
            <NodeForm
              key={selected}
              id={selected}
              node={node}
              graph={graph}
              onGraph={change}
              onChange={(changed) => change(updateNode(graph, selected, changed))}
              onRemove={() => {
                change(removeNode(graph, selected));
                select(undefined);
              }}
            />
          ) : (
            <Group justify="center">
              <EmptyNotice title={t("journeys.pick")}>{t("journeys.pickText")}</EmptyNotice>
            </Group>
          )}
        </Paper>
      </Box>
    </Page>
  );
}
