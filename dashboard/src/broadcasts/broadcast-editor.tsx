import { Button, Grid, Group, Modal, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { AudiencePreview } from "./audience-preview.tsx";
import { BroadcastForm } from "./broadcast-form.tsx";
import { audienceOf, bodyOf, type Draft } from "./draft.ts";
import { audienceQuery, BROADCASTS, type BroadcastView } from "./queries.ts";

interface BroadcastEditorProps {
  /** Null for one that was never saved. */
  readonly id: string | null;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** The form beside what it will mean for one real person; saved as a draft, or launched after one more question. */
export function BroadcastEditor({ id, draft, onChange }: BroadcastEditorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const audience = useQuery(audienceQuery(audienceOf(draft)));
  const body = bodyOf(draft);
  const save = useMutation({
    async mutationFn(isLaunch: boolean) {
      const saved = await (id === null
        ? call<BroadcastView>("POST", "/v1/broadcasts", body)
        : call<BroadcastView>("PUT", `/v1/broadcasts/${id}`, body));
      return isLaunch ? call<BroadcastView>("POST", `/v1/broadcasts/${saved.id}/launch`) : saved;
    },
    async onSuccess(saved) {
      setAsking(false);
      await client.invalidateQueries({ queryKey: BROADCASTS });
      await navigate({ to: "/messages/broadcasts/$id", params: { id: saved.id } });
    },
    onError: () => setAsking(false),
  });
  const n = audience.data?.size ?? 0;
  return (
    <>
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Paper p="md">
            <Stack gap="md">
              <BroadcastForm draft={draft} onChange={onChange} />
              <Group gap="xs">
                <Button disabled={body === null} onClick={() => setAsking(true)}>
                  {t("broadcasts.launch")}
                </Button>
                <Button
                  variant="default"
                  disabled={body === null}
                  loading={save.isPending}
                  onClick={() => save.mutate(false)}
                >
                  {t("broadcasts.saveDraft")}
                </Button>
              </Group>
            </Stack>
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <AudiencePreview draft={draft} />
        </Grid.Col>
      </Grid>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("broadcasts.launchTitle")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="md">
          <Text size="sm">{t("broadcasts.launchText", { count: n, n: format.number(n), name: draft.name })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("broadcasts.back")}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate(true)}>
              {t("broadcasts.launch")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
