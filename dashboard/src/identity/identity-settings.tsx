import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RulesAnswer, RulesConfig } from "../../../server/src/identity/contracts.ts";
import { call, Problem } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { AlarmsCard } from "./alarms-card.tsx";
import { BlockedCard } from "./blocked-card.tsx";
import { BoundsCard } from "./bounds-card.tsx";
import { editable, rulesQuery } from "./queries.ts";
import { TryOut } from "./try-out.tsx";
import { TypesCard } from "./types-card.tsx";
import { WarningsCard } from "./warnings-card.tsx";

/** How people are recognised: each rule in words, what it kept apart lately, and a place to try it out. */
export function IdentitySettings() {
  const rules = useQuery(rulesQuery);
  return (
    <Stack maw={960}>
      <QueryView query={rules} height={560}>
        {(data) => <Rules key={data.version} inForce={data} />}
      </QueryView>
      <AlarmsCard />
      <WarningsCard />
    </Stack>
  );
}

function Rules({ inForce }: { readonly inForce: RulesAnswer }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<RulesConfig>(() => editable(inForce));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(editable(inForce));
  const change = (part: Partial<RulesConfig>) => setDraft({ ...draft, ...part });
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw={720}>
        {t("identity.intro")}{" "}
        {inForce.author === null
          ? `(${t("identity.builtIn")})`
          : `(${t("identity.version", { version: inForce.version, author: inForce.author })})`}
      </Text>
      <TypesCard types={draft.types} onChange={(types) => change({ types })} />
      <BlockedCard blocked={draft.blocked} onChange={(blocked) => change({ blocked })} />
      <BoundsCard rules={draft} onChange={change} />
      {isChanged ? (
        <SaveBar version={inForce.version} rules={draft} onDiscard={() => setDraft(editable(inForce))} />
      ) : null}
      <TryOut rules={draft} />
    </Stack>
  );
}

interface SaveBarProps {
  readonly version: number;
  readonly rules: RulesConfig;
  readonly onDiscard: () => void;
}

/** Stays in sight while something is unsaved. */
function SaveBar({ version, rules, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => call<RulesAnswer>("PUT", "/v1/identity/rules", { version, rules }),
    onSuccess(saved) {
      client.setQueryData(rulesQuery.queryKey, saved);
      announce(t("identity.saved"));
    },
  });
  const isOvertaken = save.error instanceof Problem && save.error.code === "rules_changed";
  return (
    <Paper p="sm" pos="sticky" bottom={12} shadow="sm" style={{ zIndex: 5 }}>
      <Stack gap="xs">
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        <Group justify="space-between" gap="xs">
          <Text size="sm">{t("identity.unsaved")}</Text>
          <Group gap="xs">
            {isOvertaken ? (
              <Button
                variant="default"
                onClick={() => void client.invalidateQueries({ queryKey: rulesQuery.queryKey })}
              >
                {t("identity.reload")}
              </Button>
            ) : null}
            <Button variant="default" onClick={onDiscard}>
              {t("identity.discard")}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate()}>
              {t("identity.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}
