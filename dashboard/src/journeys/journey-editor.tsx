import { ActionIcon, Alert, Box, Button, Paper, Stack, TextInput, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, Problem } from "../api/http.ts";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { useCommands } from "../shell/commands.ts";
import { Canvas } from "./canvas.tsx";
import { EntryForm } from "./forms/entry-form.tsx";
import { NodeForm } from "./forms/node-form.tsx";
import { copySteps, type Fragment, pasteSteps, removeSteps } from "./fragment.ts";
import { beginAnew, ENTRY, findUnfinished, insertOn, nodeAt, updateNode, type Way, waysOf } from "./graph-edit.ts";
import { useGraphHistory } from "./graph-history.ts";
import classes from "./journey-editor.module.css";
import { Mistakes } from "./mistakes.tsx";
import { mainWay } from "./new-node.ts";
import { type Inside, PublishButton } from "./publish-button.tsx";
import { journeysQuery } from "./queries.ts";
import { REHEARSAL_WIDTH, RehearsalDrawer } from "./rehearsal-drawer.tsx";
import { SeveralSteps } from "./several-steps.tsx";
import { useChoice } from "./use-choice.ts";
import { type Mistake, useMistakes } from "./use-mistakes.ts";
import { useWalk } from "./use-walk.ts";
import type { JourneyView } from "./wire.ts";

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
  const [copied, setCopied] = useState<Fragment>([]);
  const mistakes = useMistakes(graph);
  const missing = findUnfinished(graph);
  const wrong = mistakesByStep(missing, mistakes ?? []);
  const walk = useWalk();
  const isRehearsing = panel === "rehearse";
  const isChanged = graph !== saved.graph || name.trim() !== saved.name;
  const open = (id: string | undefined) => void navigate({ search: { mode: "edit", node: id }, replace: true });
  const { chosen, choose, chooseAll } = useChoice(graph, selected, open);
  const select = (id: string | undefined) => choose(id);

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
    // What is wrong is listed beside the canvas when no step is open.
    onError: () => select(undefined),
  });
  const isRefused = save.error instanceof Problem && save.error.code === "journey_not_valid";
  useCommands([
    { id: "journey.undo", keys: "mod+z", group: "here", label: t("action.undo"), run: undo },
    { id: "journey.redo", keys: "mod+y", group: "here", label: t("action.redo"), run: redo },
    { id: "journey.save", keys: "mod+s", group: "here", label: t("journeys.saveDraft"), run: () => save.mutate(null) },
    { id: "journey.all", keys: "a", group: "here", label: t("canvas.chooseAll"), run: () => chooseAll(allSteps) },
    { id: "journey.copy", keys: "y", group: "here", label: t("canvas.copy"), run: () => copy() },
    { id: "journey.cut", keys: "x", group: "here", label: t("canvas.cut"), run: () => cut() },
    { id: "journey.paste", keys: "p", group: "here", label: t("canvas.pasteBehind"), run: () => pasteBehind() },
    { id: "journey.delete", keys: "delete", group: "here", label: t("action.remove"), run: () => remove() },
    { id: "journey.none", keys: "escape", group: "here", label: t("canvas.chooseNone"), run: () => select(undefined) },
  ]);
  const node = selected === undefined ? undefined : nodeAt(graph, selected);
  const allSteps = Object.keys(graph.nodes).filter((id) => graph.nodes[id]?.kind !== "exit");
  const copy = () => {
    const steps = copySteps(graph, chosen);
    if (steps.length === 0) return;
    setCopied(steps);
    announce(t("canvas.copiedSteps", { count: steps.length }));
  };
  const remove = () => {
    if (chosen.length === 0) return;
    change(removeSteps(graph, chosen));
    select(undefined);
  };
  const cut = () => {
    copy();
    remove();
  };
  const paste = (way: Way | undefined) => {
    if (!way || copied.length === 0) return;
    const pasted = pasteSteps(graph, way, copied);
    change(pasted.graph);
    chooseAll(pasted.ids);
  };
  const pasteBehind = () => {
    const ways = waysOf(graph).filter(({ from }) => from === (chosen.at(-1) ?? ENTRY));
    paste(ways.find(({ to }) => node && to === mainWay(node)) ?? ways[0]);
  };

  return (
    <Page
      title={t("journeys.editing", { name: saved.name })}
      subtitle={t(isChanged ? "journeys.unsaved" : wrong.size > 0 ? "journeys.unfinished" : "journeys.allSaved")}
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
            disabled={!isChanged || name.trim() === ""}
            loading={save.isPending && !save.variables}
            onClick={() => save.mutate(null)}
          >
            {t("journeys.saveDraft")}
          </Button>
          <PublishButton
            journey={journey}
            disabled={name.trim() === ""}
            loading={save.isPending && save.variables !== null}
            onPublish={(inside) => save.mutate(inside)}
          />
        </>
      }
    >
      {isRefused ? (
        <Alert color="orange" role="alert">
          {t("canvas.notPublished")}
        </Alert>
      ) : save.isError ? (
        <ErrorNotice error={save.error} />
      ) : null}
      <Box className={classes.columns}>
        <Canvas
          graph={graph}
          counts={NO_COUNTS}
          selected={chosen}
          mistakes={wrong}
          stands={isRehearsing ? (walk.moment?.node ?? undefined) : undefined}
          covered={REHEARSAL_WIDTH}
          copied={copied}
          onPaste={paste}
          onSelect={choose}
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
          {chosen.length > 1 ? (
            <SeveralSteps count={chosen.length} onCopy={copy} onCut={cut} onRemove={remove} />
          ) : selected === ENTRY ? (
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
              onAnew={() => change(beginAnew(graph, selected))}
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
        walk={walk}
        isOpen={isRehearsing}
        onClose={() => select(undefined)}
      />
    </Page>
  );
}

/** What is wrong with each step: what nobody has filled in yet is seen at once, the rest when the server has looked. */
function mistakesByStep(
  missing: readonly string[],
  mistakes: readonly Mistake[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>(missing.map((id) => [id, []]));
  for (const { node, message } of mistakes) found.set(node, [...(found.get(node) ?? []), message]);
  return found;
}
