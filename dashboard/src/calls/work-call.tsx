import { Anchor, Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call as ask } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { CALLS, type CallOutcome, type CallView, OUTCOMES } from "./queries.ts";

/** Number, script, and what came of it. */
export function WorkCall({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<CallOutcome | null>(null);
  const [note, setNote] = useState("");
  const again = () => client.invalidateQueries({ queryKey: CALLS });
  const take = useMutation({ mutationFn: () => ask("POST", `/v1/calls/${call.id}/take`), onSettled: again });
  const finish = useMutation({
    mutationFn: () => ask("POST", `/v1/calls/${call.id}/finish`, { outcome, note }),
    onSuccess: () => announce(t("calls.saved")),
    onSettled: again,
  });
  const error = finish.error ?? take.error;
  return (
    <Stack>
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>{call.reason}</Text>
        <Anchor href={`tel:${call.phone}`} size="lg">
          {call.phone}
        </Anchor>
        {call.profile_id === null ? null : (
          <TextLink to="/people/$id" params={{ id: call.profile_id }} size="sm">
            {t("calls.person")}
          </TextLink>
        )}
      </Stack>
      <Text size="sm" style={{ whiteSpace: "pre-line" }}>
        {call.script}
      </Text>
      {call.note ? (
        <Text size="sm" c="dimmed">
          {call.note}
        </Text>
      ) : null}
      {error ? <ErrorNotice error={error} /> : null}
      {call.state === "done" ? (
        <Text size="sm">{call.outcome === null ? "" : t(`calls.outcome.${call.outcome}`)}</Text>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            finish.mutate();
          }}
        >
          <Stack gap="sm">
            {call.taken_by === null ? (
              <Group>
                <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
                  {t("calls.take")}
                </Button>
              </Group>
            ) : (
              <Text size="sm">{t("calls.takenBy", { who: call.taken_by })}</Text>
            )}
            <Select
              label={t("calls.whatCame")}
              required
              data={OUTCOMES.map((value) => ({ value, label: t(`calls.outcome.${value}`) }))}
              value={outcome}
              onChange={(value) => setOutcome(value as CallOutcome | null)}
            />
            <Textarea
              label={t("calls.note")}
              autosize
              minRows={2}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Group>
              <Button type="submit" disabled={outcome === null} loading={finish.isPending}>
                {t("calls.finish")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
