import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RehearsalAnswer, RulesConfig } from "../../../server/src/identity/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { RehearsedLine } from "./rehearsed-line.tsx";
import { EXAMPLES, type Line, NO_LINE, toEvent } from "./rehearsed-lines.ts";

/** Given these events, who would be whom? The server answers and keeps nothing. */
export function TryOut({ rules }: { readonly rules: RulesConfig }) {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly Line[]>(EXAMPLES.household);
  const ask = useMutation({
    mutationFn: () =>
      call<RehearsalAnswer>("POST", "/v1/identity/rehearse", { events: lines.map((line) => toEvent(line)), rules }),
  });
  const change = (next: readonly Line[]) => {
    setLines(next);
    ask.reset();
  };
  return (
    <Card title={t("identity.tryOut")}>
      <Text size="sm" c="dimmed">
        {t("identity.tryOutText")}
      </Text>
      <Group gap="xs">
        {(["household", "tablet", "till"] as const).map((name) => (
          <Button key={name} size="compact-sm" variant="default" onClick={() => change(EXAMPLES[name])}>
            {t(`identity.examples.${name}`)}
          </Button>
        ))}
      </Group>
      <Stack gap="xs">
        {lines.map((line, i) => (
          <RehearsedLine
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place, the first event, the second …
            key={i}
            line={line}
            place={i + 1}
            told={ask.data?.events[i] ?? null}
            onChange={(changed) => change(lines.map((one, at) => (at === i ? changed : one)))}
            onRemove={lines.length > 1 ? () => change(lines.filter((_, at) => at !== i)) : null}
          />
        ))}
      </Stack>
      <Group gap="xs">
        <Button variant="default" disabled={lines.length >= 20} onClick={() => change([...lines, NO_LINE])}>
          {t("identity.addEvent")}
        </Button>
        <Button loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("identity.rehearse")}
        </Button>
      </Group>
      {ask.isError ? <ErrorNotice error={ask.error} /> : null}
      {ask.data ? <People answer={ask.data} /> : null}
    </Card>
  );
}

function People({ answer }: { readonly answer: RehearsalAnswer }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} aria-live="polite">
      {answer.people.map(({ events, identifiers }, i) => (
        <Paper key={events.join()} p="sm" withBorder>
          <Stack gap={6}>
            <Text fw={600} size="sm">
              {t("identity.person", { n: i + 1 })}
            </Text>
            <Group gap={4}>
              {identifiers.map(({ type, value, bridging }) => (
                <Badge
                  key={`${type}:${value}`}
                  variant={bridging ? "outline" : "light"}
                  color="gray"
                  tt="none"
                  {...(bridging ? { title: t(`identity.bridging.${bridging}`) } : {})}
                >
                  {value}
                </Badge>
              ))}
            </Group>
            <Text size="xs" c="dimmed">
              {events.map((event) => t("identity.event", { n: event + 1 })).join(", ")}
            </Text>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
