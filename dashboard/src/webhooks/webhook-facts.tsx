import { Alert, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { When } from "../parts/when.tsx";
import { segmentsQuery } from "../segments/queries.ts";
import { EndpointState } from "./endpoint-state.tsx";
import type { EndpointView } from "./queries.ts";
import { useWebhookWords } from "./words.ts";

/** How it fares, and what it hears. */
export function WebhookFacts({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWebhookWords();
  return (
    <>
      <Trouble endpoint={endpoint} />
      <Paper p="md">
        <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }}>
          <Fact name={t("webhooks.state")}>
            <EndpointState endpoint={endpoint} />
          </Fact>
          <Fact name={t("webhooks.waiting")}>
            <Text size="sm">{format.number(endpoint.waiting)}</Text>
          </Fact>
          <Fact name={t("webhooks.lastSuccess")}>
            <When at={endpoint.last_success_at} />
          </Fact>
          <Fact name={t("webhooks.hears")}>
            {endpoint.types.map((type) => (
              <Text size="sm" key={type}>
                {words.type(type)}
              </Text>
            ))}
          </Fact>
          <Fact name={t("webhooks.ofSegments")}>
            <Segments ids={endpoint.segment_ids} />
          </Fact>
        </SimpleGrid>
      </Paper>
    </>
  );
}

/** Why it hears nothing, or not everything yet. */
function Trouble({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, disabled_reason, disabled_at, failing_since, old_secret_until } = endpoint;
  if (state === "disabled" && disabled_reason !== null)
    return (
      <Alert
        color={disabled_reason === "manual" ? "orange" : "kilim"}
        icon={<IconAlertTriangle aria-hidden />}
        title={t("webhooks.disabledSince", { at: format.moment(disabled_at ?? "") })}
      >
        {t(`webhooks.reason.${disabled_reason}`)} {t("webhooks.disabledText")}
      </Alert>
    );
  return (
    <>
      {failing_since === null ? null : (
        <Alert
          color="orange"
          icon={<IconAlertTriangle aria-hidden />}
          title={t("webhooks.failingSince", { at: format.moment(failing_since) })}
        >
          {t("webhooks.failingText")}
        </Alert>
      )}
      {old_secret_until !== null && Date.parse(old_secret_until) > Date.now() ? (
        <Alert color="indigo">{t("webhooks.oldSecret", { at: format.moment(old_secret_until) })}</Alert>
      ) : null}
    </>
  );
}

function Segments({ ids }: { readonly ids: readonly string[] | null }) {
  const { t } = useTranslation();
  const segments = useQuery(segmentsQuery);
  if (ids === null) return <Text size="sm">{t("webhooks.allSegments")}</Text>;
  const names = new Map(segments.data?.items.map(({ id, name }) => [id, name]));
  return ids.map((id) => (
    <Text size="sm" key={id} truncate>
      {names.get(id) ?? id}
    </Text>
  ));
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Stack gap={2} align="flex-start" miw={0}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      {children}
    </Stack>
  );
}
