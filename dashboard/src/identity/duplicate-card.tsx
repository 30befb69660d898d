import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Duplicate } from "../../../server/src/profiles/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { CompareTable } from "./compare-table.tsx";

/** Two people side by side, what speaks for their being one, and what can be decided. */
export function DuplicateCard({ pair }: { readonly pair: Duplicate }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [state, setState] = useState(pair.state);
  const decide = useMutation({
    mutationFn: (next: Duplicate["state"]) =>
      call<unknown>("POST", `/v1/identity/duplicates/${pair.id}/${next === "open" ? "reopen" : "dismiss"}`, {}),
    onSuccess: (_, next) => setState(next),
  });
  const merge = useMutation({
    mutationFn() {
      const evidence = pair.evidence.map((one) => t(`duplicates.evidence.${one}`)).join(", ");
      const [into, from] = whoLivesOn(pair);
      return call<unknown>("POST", "/v1/profiles/merge", { into, from, reason: t("duplicates.reason", { evidence }) });
    },
    async onSuccess() {
      announce(t("duplicates.merged"));
      await client.invalidateQueries({ queryKey: ["identity", "duplicates"] });
    },
  });
  const isAside = state === "dismissed" && pair.state === "open";
  return (
    <Paper p="md" component="section" aria-label={`${pair.a.name ?? pair.a.id}, ${pair.b.name ?? pair.b.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Group gap={6}>
            {pair.evidence.map((one) => (
              <Badge key={one} tt="none" variant="light" color={one.startsWith("other") ? "orange" : "teal"}>
                {t(`duplicates.evidence.${one}`)}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t("duplicates.score", { score: pair.score })}
          </Text>
        </Group>
        {isAside ? null : <CompareTable pair={pair} />}
        {decide.isError ? <ErrorNotice error={decide.error} /> : null}
        {merge.isError ? <ErrorNotice error={merge.error} /> : null}
        {isAside ? (
          <Group gap="xs">
            <Text size="sm">{t("duplicates.wasDismissed")}</Text>
            <Button size="xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate("open")}>
              {t("action.undo")}
            </Button>
          </Group>
        ) : (
          <Group gap="xs">
            {state === "open" ? (
              <>
                <Button loading={merge.isPending} onClick={() => merge.mutate()}>
                  {t("duplicates.merge")}
                </Button>
                <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate("dismissed")}>
                  {t("duplicates.dismiss")}
                </Button>
                <Text size="xs" c="dimmed" flex="1 1 240px">
                  {t("duplicates.mergeText")}
                </Text>
              </>
            ) : (
              <>
                <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate("open")}>
                  {t("duplicates.reopen")}
                </Button>
                {pair.decided_by ? (
                  <Text size="xs" c="dimmed">
                    {t("duplicates.decidedBy", { name: pair.decided_by })}
                  </Text>
                ) : null}
              </>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** The one with an account, else the one seen first. */
function whoLivesOn({ a, b }: Duplicate): readonly [into: string, from: string] {
  const hasAccount = (side: Duplicate["a"]) => side.identifiers.some(({ type }) => type === "user_id");
  if (hasAccount(a) !== hasAccount(b)) return hasAccount(a) ? [a.id, b.id] : [b.id, a.id];
  return (a.first_seen ?? "~") <= (b.first_seen ?? "~") ? [a.id, b.id] : [b.id, a.id];
}
