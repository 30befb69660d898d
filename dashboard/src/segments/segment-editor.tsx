import { Box, Button, Group as Row, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/notices.tsx";
import { GroupEditor } from "./group-editor.tsx";
import { JsonEditor } from "./json-editor.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import classes from "./segment-editor.module.css";
import { type Condition, findGaps, toCondition, toGroup } from "./segment-tree.ts";

interface SegmentEditorProps {
  readonly name: string;
  readonly definition: Condition;
  /** There is nothing yet that it would have to differ from. */
  readonly isNew?: boolean;
  readonly saveLabel: string;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly onSave: (segment: { readonly name: string; readonly definition: Condition }) => void;
}

/** Name and sentences on the left, who it is on the right. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(props.name);
  const [root, setRoot] = useState(() => toGroup(props.definition));
  const [view, setView] = useState("sentences");
  const isComplete = name.trim() !== "" && findGaps(root).length === 0;
  const isChanged =
    props.isNew === true ||
    name.trim() !== props.name ||
    JSON.stringify(toCondition(root)) !== JSON.stringify(props.definition);
  return (
    <Box className={classes.columns}>
      <Stack gap="md">
        <TextInput
          label={t("segments.name")}
          value={name}
          placeholder={t("segments.namePlaceholder")}
          onChange={(event) => setName(event.currentTarget.value)}
          maw={480}
        />
        <Row justify="space-between">
          <SegmentedControl
            size="xs"
            value={view}
            onChange={setView}
            aria-label={t("builder.view")}
            data={[
              { value: "sentences", label: t("builder.sentences") },
              { value: "json", label: "JSON" },
            ]}
          />
          <Button
            disabled={!isComplete || !isChanged}
            loading={props.isSaving}
            onClick={() => props.onSave({ name: name.trim(), definition: toCondition(root) })}
          >
            {props.saveLabel}
          </Button>
        </Row>
        {props.error ? <ErrorNotice error={props.error} /> : null}
        {view === "json" ? (
          <JsonEditor root={root} onChange={setRoot} />
        ) : (
          <GroupEditor root={root} onChange={setRoot} group={root} />
        )}
      </Stack>
      <Box className={classes.preview ?? ""}>
        <PreviewPanel root={root} />
      </Box>
    </Box>
  );
}
