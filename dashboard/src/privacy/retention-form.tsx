import { Button, Checkbox, Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { previewQuery, type Retention, type RetentionView, retentionQuery } from "./queries.ts";
import { RetentionExceptions } from "./retention-exceptions.tsx";

/** The setting, with what the next run would remove; what would go is confirmed by its number. */
export function RetentionForm({ retention: { updated_at: _, ...saved } }: { readonly retention: RetentionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Retention>(saved);
  const [typed, setTyped] = useState("");
  const named = { ...draft, exceptions: draft.exceptions.filter(({ event }) => event.trim() !== "") };
  const [asked] = useDebouncedValue(named, 400);
  const preview = useQuery(previewQuery(asked));
  const events = preview.data?.events ?? 0;
  const isChanged = JSON.stringify(named) !== JSON.stringify(saved);
  const isCurrent = JSON.stringify(asked) === JSON.stringify(named) && !preview.isPlaceholderData && preview.isSuccess;
  const isConfirmed = events === 0 || typed.replaceAll(/\D/g, "") === String(events);
  const save = useMutation({
    mutationFn: () => call<RetentionView>("PUT", "/v1/retention", named),
    onSuccess: async () => {
      announce(t("privacy.saved"));
      await client.invalidateQueries({ queryKey: retentionQuery.queryKey });
    },
  });
  return (
    <Card title={t("privacy.keep")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <Group align="flex-end" gap="sm">
            <SegmentedControl
              aria-label={t("privacy.keep")}
              value={draft.days === null ? "ever" : "days"}
              data={[
                { value: "ever", label: t("privacy.forEver") },
                { value: "days", label: t("privacy.forDays") },
              ]}
              onChange={(value) => setDraft({ ...draft, days: value === "ever" ? null : 730 })}
            />
            {draft.days === null ? null : (
              <NumberInput
                label={t("privacy.days")}
                w={120}
                min={1}
                max={36_500}
                allowDecimal={false}
                value={draft.days}
                onChange={(value) => typeof value === "number" && value >= 1 && setDraft({ ...draft, days: value })}
              />
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t("privacy.daysText")}
          </Text>
          <Checkbox
            label={t("privacy.keepOrders")}
            checked={draft.keep_orders}
            onChange={(event) => setDraft({ ...draft, keep_orders: event.currentTarget.checked })}
          />
          <RetentionExceptions
            exceptions={draft.exceptions}
            onChange={(exceptions) => setDraft({ ...draft, exceptions })}
          />
          {preview.isError ? <ErrorNotice error={preview.error} retry={() => void preview.refetch()} /> : null}
          {preview.data ? (
            <Text size="sm" fw={600} {...(isCurrent ? {} : { className: "kilim-stale" })}>
              {events === 0
                ? t("privacy.previewNone")
                : t("privacy.preview", { events: format.number(events), of: format.number(preview.data.of) })}
            </Text>
          ) : null}
          {isChanged && events > 0 && isCurrent ? (
            <TextInput
              label={t("privacy.confirmRetention", { number: format.number(events) })}
              maw={420}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          ) : null}
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <Group>
            <Button type="submit" disabled={!isChanged || !isCurrent || !isConfirmed} loading={save.isPending}>
              {t("privacy.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
