import { Box, Button, FileButton, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/notices.tsx";
import { uploadFile } from "./upload.ts";
import { sizeOf } from "./words.ts";

/** What a table may lie in. */
export const TABLE_FILES = ".csv,.tsv,.txt,.jsonl,.ndjson,.json,.gz,text/csv,application/gzip";

interface DropFileProps {
  /** What kinds of files are meant, and how large they may be. */
  readonly about: string;
  /** As a file input's `accept`. */
  readonly accept: string;
  readonly onUploaded: (file: string) => void;
}

/** A file is dropped or chosen and goes up in pieces. */
export function DropFile({ about, accept, onUploaded }: DropFileProps) {
  const { t, i18n } = useTranslation();
  const [isOver, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const stopping = useRef(new AbortController());
  const upload = useMutation({
    mutationFn: (file: File) => {
      stopping.current = new AbortController();
      setSent(0);
      return uploadFile(file, setSent, stopping.current.signal);
    },
    onSuccess: onUploaded,
  });
  const begin = (file: File | null | undefined) => {
    if (file) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    begin(event.dataTransfer.files[0]);
  };
  const file = upload.variables;
  if (upload.isPending && file) {
    return (
      <Stack gap="xs" py="xl" align="center">
        <Text fw={550} style={{ overflowWrap: "anywhere" }}>
          {file.name}
        </Text>
        <Progress value={(sent / file.size) * 100} w="100%" maw={420} aria-label={t("imports.uploading")} />
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t("imports.sent", { done: sizeOf(sent, i18n.language), total: sizeOf(file.size, i18n.language) })}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => stopping.current.abort()}>
            {t("imports.cancel")}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Box
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        py={48}
        px="md"
        style={{
          border: `2px dashed ${isOver ? "var(--mantine-primary-color-filled)" : "var(--mantine-color-default-border)"}`,
          borderRadius: 6,
        }}
      >
        <Stack align="center" gap="xs" ta="center">
          <IconFileUpload size={32} stroke={1.4} aria-hidden />
          <Title order={2}>{t("imports.drop")}</Title>
          <Text size="sm" c="dimmed" maw={460}>
            {about}
          </Text>
          <FileButton onChange={begin} accept={accept}>
            {(props) => <Button {...props}>{t("imports.choose")}</Button>}
          </FileButton>
        </Stack>
      </Box>
      {upload.isError && !stopping.current.signal.aborted ? <ErrorNotice error={upload.error} /> : null}
    </Stack>
  );
}
