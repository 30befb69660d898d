import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { WEBHOOKS } from "./queries.ts";
import type { DialogProps } from "./webhook-dialogs.tsx";

const DAY_MS = 86_400_000;

/** Sends what was queued between two moments again. */
export function ReplayPeriod({ endpoint, onClose }: DialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [from, setFrom] = useState(() => local(Date.now() - DAY_MS));
  const [until, setUntil] = useState(() => local(Date.now()));
  const [delivered, setDelivered] = useState(false);
  const replay = useMutation({
    mutationFn: () =>
      call<{ queued: number }>("POST", `/v1/webhooks/${endpoint.id}/replay`, {
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        delivered,
      }),
    async onSuccess({ queued }) {
      await client.invalidateQueries({ queryKey: WEBHOOKS });
      announce(t("webhooks.replayed", { count: queued }));
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        replay.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t("webhooks.replayText")}</Text>
        <Group grow>
          <TextInput
            type="datetime-local"
            label={t("webhooks.from")}
            required
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("webhooks.until")}
            required
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </Group>
        <Checkbox
          label={t("webhooks.alsoDelivered")}
          description={t("webhooks.alsoDeliveredText")}
          checked={delivered}
          onChange={(event) => setDelivered(event.currentTarget.checked)}
        />
        {replay.isError ? <ErrorNotice error={replay.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={replay.isPending} disabled={from === "" || until === "" || from >= until}>
            {t("webhooks.replayNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** As the field for a local date and time writes it. */
function local(ms: number): string {
  const at = new Date(ms);
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
