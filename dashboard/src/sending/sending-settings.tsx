import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SendingRules, SendingRulesView } from "../../../server/src/consent/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { CostsCard } from "./costs-card.tsx";
import { HoldoutCard } from "./holdout-card.tsx";
import { sendingRulesQuery } from "./queries.ts";
import { CapRow, QuietRow, WindowRow } from "./rule-rows.tsx";
import { TopicsCard } from "./topics-card.tsx";

/** How often, when and about what people may be written to. */
export function SendingSettings() {
  const rules = useQuery(sendingRulesQuery);
  return (
    <Stack maw={760} gap="md">
      <QueryView query={rules} height={420}>
        {(data) => <RulesCard key={data.updated_at} view={data} />}
      </QueryView>
      <TopicsCard />
      <CostsCard />
      <HoldoutCard />
    </Stack>
  );
}

function RulesCard({ view }: { readonly view: SendingRulesView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { changed_by, updated_at, ...saved } = view;
  const [rules, setRules] = useState<SendingRules>(saved);
  const save = useMutation({
    mutationFn: (body: SendingRules) => call<SendingRulesView>("PUT", "/v1/sending-rules", body),
    onSuccess: (data) => {
      client.setQueryData(sendingRulesQuery.queryKey, data);
      announce(t("settings.saved"));
    },
  });
  const list = <K extends keyof SendingRules>(key: K) => ({
    add: (item: SendingRules[K][number]) => setRules({ ...rules, [key]: [...rules[key], item] }),
    row: (index: number) => ({
      onChange: (item: SendingRules[K][number]) =>
        setRules({ ...rules, [key]: rules[key].map((old, i) => (i === index ? item : old)) }),
      onRemove: () => setRules({ ...rules, [key]: rules[key].filter((_, i) => i !== index) }),
    }),
  });
  const [caps, quiet, windows] = [list("caps"), list("quiet_hours"), list("windows")];
  const weekdays: SendingRules["windows"][number]["days"] = ["mon", "tue", "wed", "thu", "fri", "sat"];
  return (
    <Card title={t("sending.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(rules);
        }}
      >
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t("sending.intro")}
          </Text>
          <Part
            title={t("sending.caps")}
            text={t("sending.capsText")}
            add={t("sending.addCap")}
            onAdd={() => caps.add({ channel: null, messages: 3, per: "P7D" })}
          >
            {rules.caps.map((cap, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
              <CapRow key={i} value={cap} {...caps.row(i)} />
            ))}
          </Part>
          <Part
            title={t("sending.quiet")}
            text={t("sending.quietText")}
            add={t("sending.addQuiet")}
            onAdd={() => quiet.add({ channels: [], from: "21:00", to: "08:00" })}
          >
            {rules.quiet_hours.map((hours, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
              <QuietRow key={i} value={hours} {...quiet.row(i)} />
            ))}
          </Part>
          <Part
            title={t("sending.windows")}
            text={t("sending.windowsText")}
            add={t("sending.addWindow")}
            onAdd={() => windows.add({ channels: ["email"], days: weekdays, from: "09:00", to: "20:00" })}
          >
            {rules.windows.map((window, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
              <WindowRow key={i} value={window} {...windows.row(i)} />
            ))}
          </Part>
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <Group gap="sm">
            <Button type="submit" loading={save.isPending}>
              {t("action.save")}
            </Button>
            {updated_at ? (
              <Text size="xs" c="dimmed">
                {t("sending.changed", { name: changed_by ?? "" })} · <When at={updated_at} size="xs" />
              </Text>
            ) : null}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

interface PartProps {
  readonly title: string;
  readonly text: string;
  readonly add: string;
  onAdd(): void;
  readonly children: ReactNode;
}

function Part({ title, text, add, onAdd, children }: PartProps) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <div>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {text}
        </Text>
      </div>
      {children}
      <div>
        <Button variant="default" size="compact-sm" onClick={onAdd}>
          {add}
        </Button>
      </div>
    </Stack>
  );
}
