import { ActionIcon, Box, Button, Group as Row, SegmentedControl, Skeleton, Stack, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Problem } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Builder } from "./builder/builder.tsx";
import { JsonEditor } from "./builder/json-editor.tsx";
import { KeysHelp } from "./builder/keys-help.tsx";
import { LeaveGuard } from "./builder/leave-guard.tsx";
import { CountLine, PreviewPanel } from "./builder/preview-panel.tsx";
import { useSteps } from "./builder/steps.ts";
import { useAddress } from "./builder/use-address.ts";
import { usePreview } from "./builder/use-preview.ts";
import { type Draft, unpack } from "./draft.ts";
import classes from "./segment-editor.module.css";
import { type Condition, findGaps, toCondition, toGroup } from "./segment-tree.ts";

export interface EditorSearch extends Draft {
  readonly as?: "json" | undefined;
}

interface SegmentEditorProps {
  readonly name: string;
  readonly definition: Condition;
  /** There is nothing yet that it would have to differ from. */
  readonly isNew?: boolean;
  readonly saveLabel: string;
  readonly isSaving: boolean;
  readonly isSaved?: boolean;
  readonly error: unknown;
  /** What else can be chosen about it. */
  readonly options?: ReactNode;
  readonly onSave: (segment: { readonly name: string; readonly definition: Condition }) => void;
  /** What the address says of it, and how that is changed. */
  readonly search: EditorSearch;
  readonly onSearch: (change: EditorSearch) => void;
}

/** So that the button stands beside the field, whatever is said below it. */
const LABEL_HEIGHT = { base: 0, xs: 24 };

/** Begins with what the address says, if it says something. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { definition } = props.search;
  const [first] = useState(definition);
  const drafted = useQuery({
    queryKey: ["draft", first ?? ""],
    queryFn: () => unpack(first),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (drafted.data === undefined) return <Skeleton height={320} className="kilim-late" />;
  return <Editor {...props} drafted={drafted.data} />;
}

/** Name and sentences on the left, who it is on the right. */
function Editor(props: SegmentEditorProps & { readonly drafted: Condition | null }) {
  const { t } = useTranslation();
  const { search, onSearch } = props;
  const [name, setName] = useState(search.name ?? props.name);
  const {
    now: root,
    change,
    undo,
    redo,
    canUndo,
    canRedo,
  } = useSteps(() => toGroup(props.drafted ?? props.definition));
  const { counting, remarks } = usePreview(root);
  const definition = toCondition(root);
  const isComplete = name.trim() !== "" && findGaps(root).length === 0;
  const isChanged =
    name.trim() !== props.name || JSON.stringify(definition) !== JSON.stringify(toCondition(toGroup(props.definition)));
  const view = search.as === "json" ? "json" : "sentences";
  // What came with the address is there still for whoever comes back to it.
  const [opened] = useState({ name, text: JSON.stringify(definition) });
  const isTouched = isChanged && (name !== opened.name || JSON.stringify(definition) !== opened.text);
  const [asked, setAsked] = useState("");
  const isNameRefused = props.error instanceof Problem && props.error.code === "segment_name_taken";
  const isDirty = useRef(false);
  const isLeaving = props.isSaving || props.isSaved === true;
  isDirty.current = isTouched && !isLeaving;
  useAddress(isChanged ? { name, definition } : null, isLeaving, onSearch);
  return (
    <Box className={classes.columns}>
      <Stack gap="md" miw={0}>
        <LeaveGuard isOn={() => isDirty.current} />
        <Row align="flex-start" gap="sm">
          <TextInput
            label={t("segments.name")}
            value={name}
            placeholder={t("segments.namePlaceholder")}
            onChange={(event) => setName(event.currentTarget.value)}
            flex="1 1 220px"
            maw={480}
            error={isNameRefused && name.trim() === asked ? t("segments.nameTaken") : null}
          />
          <Button
            mt={LABEL_HEIGHT}
            disabled={!isComplete || !(isChanged || props.isNew)}
            loading={props.isSaving}
            onClick={() => {
              setAsked(name.trim());
              props.onSave({ name: name.trim(), definition });
            }}
          >
            {props.saveLabel}
          </Button>
        </Row>
        {props.options}
        <Row justify="space-between" gap="xs">
          <SegmentedControl
            size="xs"
            value={view}
            onChange={(chosen) => onSearch({ as: chosen === "json" ? "json" : undefined })}
            aria-label={t("builder.view")}
            data={[
              { value: "sentences", label: t("builder.sentences") },
              { value: "json", label: "JSON" },
            ]}
          />
          <CountLine counting={counting} />
          <Row gap={6}>
            <ActionIcon variant="default" size={30} aria-label={t("builder.undo")} disabled={!canUndo} onClick={undo}>
              <IconArrowBackUp size={16} />
            </ActionIcon>
            <ActionIcon variant="default" size={30} aria-label={t("builder.redo")} disabled={!canRedo} onClick={redo}>
              <IconArrowForwardUp size={16} />
            </ActionIcon>
            <KeysHelp />
          </Row>
        </Row>
        {props.error && !isNameRefused ? <ErrorNotice error={props.error} /> : null}
        {view === "json" ? (
          <JsonEditor root={root} onChange={change} />
        ) : (
          <Builder root={root} onChange={change} onUndo={undo} onRedo={redo} remarks={remarks} />
        )}
      </Stack>
      <Box className={classes.preview ?? ""}>
        <PreviewPanel counting={counting} isTold={view === "sentences" && remarks.some((remark) => remark.isError)} />
      </Box>
    </Box>
  );
}
