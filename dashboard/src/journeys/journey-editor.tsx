import { ActionIcon, Box, Button, Paper, Stack, TextInput, Tooltip } from "@mantine/core";
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
import { EntryForm } from "./forms/entry-form.tsx";
import { NodeForm } from "./forms/node-form.tsx";
import { ENTRY, findUnfinished, insertOn, pasteOn, removeNode, updateNode } from "./graph-edit.ts";
import { useGraphHistory } from "./graph-history.ts";
import classes from "./journey-editor.module.css";
import { Mistakes } from "./mistakes.tsx";
import { type Inside, PublishButton } from "./publish-button.tsx";
import { journeysQuery } from "./queries.ts";
import { RehearsalDrawer } from "./rehearsal-drawer.tsx";
import { useMistakes } from "./use-mistakes.ts";
import type { JourneyNode, JourneyView } from "./wire.ts";

const route = getRouteApi("/journeys/$id");
const NO_COUNTS = {};

/** The draft of a journey. Nothing of it touches anybody before it is published. */
export function JourneyEditor({ journey }: { readonly journey: JourneyView }) {
  const { t } = useTranslation();
  const { node: selected, panel } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState(journey.name);
  const [saved, setSaved] = useState({ name: journey.name, graph: journey.graph });
  const { graph, change, undo, redo, canUndo, canRedo } = useGraphHistory(journey.graph);
  const [copied, setCopied] = useState<JourneyNode>();
  const mistakes = useMistakes(graph);
  const missing = findUnfinished(graph);
  const unfinished = [...new Set([...missing, ...(mistakes ?? []).map((mistake) => mistake.node)])];
  const isChanged = graph !== saved.graph || name.trim() !== saved.name;
  const select = (id: string | undefined) => void navigate({ search: { mode: "edit", node: id }, replace: true });

  useBlocker({
    shouldBlockFn: ({ next }) =>
      isChanged && next.pathname !== `/journeys/${journey.id}` && !window.confirm(t("journeys.leaveUnsaved")),
    enableBeforeUnload: isChanged,
  });
  const save = useMutation({
    mutationFn: async (publish: Inside | null) => {
      const draft = { name: name.trim(), graph };
      await call<unknown>("PUT", `/v1/journeys/${journey.id}`, draft);
      setSaved(draft);
      if (publish) await call<unknown>("POST", `/v1/journeys/${journey.id}/publish`, { inside: publish });
    },
    onSuccess: async (_answer, publish) => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      announce(t(publish ? "journeys.done.publish" : "journeys.done.save", { name }));
      if (publish) await navigate({ search: {} });
    },
  });
  useCommands([
    { id: "journey.undo", keys: "mod+z", group: "here", label: t("action.undo"), run: undo },
    { id: "journey.redo", keys: "mod+y", group: "here", label: t("action.redo"), run: redo },
    { id: "journey.save", keys: "mod+s", group: "here", label: t("journeys.saveDraft"), run: () => save.mutate(null) },
    { id: "journey.copy", keys: "y", group: "here", label: t("canvas.copy"), run: () => copy() },
    { id: "journey.delete", keys: "x", group: "here", label: t("action.remove"), run: () => remove() },
  ]);
  const node = selected === undefined ? undefined : graph.nodes[selected];
  const copy = () => {
    if (!node || node.kind === "exit") return;
    setCopied(node);
    announce(t("canvas.copied"));
  };
  const remove = () => {
    if (selected === undefined || !node) return;
    change(removeNode(graph, selected));
    select(undefined);
  };

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
          <Button
            variant="default"
            disabled={missing.length > 0}
            onClick={() => void navigate({ search: { mode: "edit", panel: "rehearse" }, replace: true })}
          >
            {t("canvas.rehearse")}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {} })}>
            {t("action.close")}
          </Button>
          <Button
            variant="default"
            disabled={!isChanged || unfinished.length > 0 || name.trim() === ""}
            loading={save.isPending && !save.variables}
            onClick={() => save.mutate(null)}
          >
            {t("journeys.saveDraft")}
          </Button>
          <PublishButton
            journey={journey}
            disabled={unfinished.length > 0 || name.trim() === ""}
            loading={save.isPending && save.variables !== null}
            onPublish={(inside) => save.mutate(inside)}
          />
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
          copied={copied}
          onPaste={(way) => {
            if (!copied) return;
            const pasted = pasteOn(graph, way, copied);
            change(pasted.graph);
            select(pasted.id);
          }}
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
          {selected && (mistakes ?? []).some((one) => one.node === selected) ? (
            <Box mb="md">
              <Mistakes
                mistakes={(mistakes ?? []).filter((one) => one.node === selected)}
                graph={graph}
                onSelect={select}
              />
            </Box>
          ) : null}
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
              onCopy={copy}
              onRemove={remove}
            />
          ) : (
            <Stack>
              <EmptyNotice title={t("journeys.pick")}>{t("journeys.pickText")}</EmptyNotice>
              <Mistakes mistakes={mistakes} graph={graph} onSelect={select} />
            </Stack>
          )}
        </Paper>
      </Box>
      <RehearsalDrawer
        journeyId={journey.id}
        graph={graph}
        isOpen={panel === "rehearse"}
        onClose={() => select(undefined)}
      />
    </Page>
  );
}
