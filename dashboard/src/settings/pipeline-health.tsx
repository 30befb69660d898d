import { Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { pipelineQuery } from "./queries.ts";

const LATE_MS = 60_000;

/** How far behind the events we are: all zero when everything sent has been worked in and shipped. */
export function PipelineHealth() {
  const { t } = useTranslation();
  const format = useFormat();
  const pipeline = useQuery(pipelineQuery);
  return (
    <Paper p="md" maw={960}>
      <QueryView query={pipeline} height={120}>
        {(data) => (
          <Stack>
            <Status value={data.oldest_ms > LATE_MS ? "paused" : "live"}>
              {data.oldest_ms > LATE_MS
                ? t("pipeline.behind")
                : data.inbox + data.outbox > 0
                  ? t("pipeline.working")
                  : t("pipeline.idle")}
            </Status>
            <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
              <Fact name={t("pipeline.inbox")} value={format.number(data.inbox)} help={t("pipeline.inboxText")} />
              <Fact
                name={t("pipeline.oldest")}
                value={`${format.number(Math.round(data.oldest_ms / 100) / 10)} s`}
                help={t("pipeline.oldestText")}
              />
              <Fact name={t("pipeline.outbox")} value={format.number(data.outbox)} help={t("pipeline.outboxText")} />
              <Fact
                name={t("pipeline.beyond")}
                value={format.number(data.beyond_state.people)}
                help={t("pipeline.beyondText", { waiting: format.number(data.beyond_state.waiting) })}
              />
            </SimpleGrid>
            <Text size="xs" c="dimmed">
              {t("pipeline.refresh")}
            </Text>
          </Stack>
        )}
      </QueryView>
    </Paper>
  );
}

function Fact({ name, value, help }: { readonly name: string; readonly value: string; readonly help: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fz={28} fw={700} lh={1.2}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {help}
      </Text>
    </div>
  );
}
