import { Button, Code, Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { Copyable } from "../parts/copyable.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { type DeliveryView, deliveryQuery, type EndpointView, WEBHOOKS } from "./queries.ts";
import { useWebhookWords } from "./words.ts";

const route = getRouteApi("/settings/webhooks/$id");

/** One delivery: each try with what the receiver said, and what is sent. */
export function DeliveryDrawer({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const { delivery } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Drawer
      opened={delivery !== undefined}
      onClose={() => void navigate({ search: (now) => ({ ...now, delivery: undefined }) })}
      title={t("webhooks.oneDelivery")}
      position="right"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {delivery ? <Delivery endpoint={endpoint} id={delivery} /> : null}
    </Drawer>
  );
}

function Delivery({ endpoint, id }: { readonly endpoint: EndpointView; readonly id: string }) {
  const { t } = useTranslation();
  const words = useWebhookWords();
  const found = useQuery(deliveryQuery(endpoint.id, id));
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={320} className="kilim-late" />;
  const { data } = found;
  return (
    <Stack>
      <Group gap="xs" justify="space-between">
        <Text fw={600}>{words.type(data.type)}</Text>
        <When at={data.happened_at} />
      </Group>
      <Copyable value={data.id} />
      {data.profile_id === null ? null : (
        <TextLink to="/people/$id" params={{ id: data.profile_id }} size="sm">
          {t("webhooks.person")}
        </TextLink>
      )}
      <Text size="sm">
        {t(`webhooks.delivery.${data.state}`)}
        {data.next_at === null ? null : (
          <>
            {" · "}
            {t("webhooks.next")} <When at={data.next_at} />
          </>
        )}
      </Text>
      <Resend endpoint={endpoint} delivery={data} />
      <Tries tries={data.tries} />
      <Title order={2} size="h4">
        {t("webhooks.body")}
      </Title>
      <JsonView value={JSON.parse(data.body)} />
    </Stack>
  );
}

function Resend({ endpoint, delivery }: { readonly endpoint: EndpointView; readonly delivery: DeliveryView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: () => call("POST", `/v1/webhooks/${endpoint.id}/deliveries/${delivery.id}/resend`),
    onSuccess: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  const isOver = delivery.state !== "waiting" && delivery.state !== "sending";
  if (!isOver || endpoint.state === "disabled") return null;
  return (
    <>
      {resend.isError ? <ErrorNotice error={resend.error} /> : null}
      <Group>
        <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
          {t("webhooks.resend")}
        </Button>
      </Group>
    </>
  );
}

function Tries({ tries }: { readonly tries: DeliveryView["tries"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWebhookWords();
  if (tries.length === 0) return null;
  return (
    <>
      <Title order={2} size="h4">
        {t("webhooks.tries")}
      </Title>
      {tries.toReversed().map((made) => (
        <Stack key={made.at} gap={4}>
          <Group gap="xs" justify="space-between">
            <Text size="sm" fw={600}>
              {words.outcome(made)}
            </Text>
            <Text size="sm" c="dimmed">
              {format.number(made.ms)} ms · <When at={made.at} />
            </Text>
          </Group>
          {made.answer === null ? null : (
            <Code block className="kilim-pre">
              {made.answer}
            </Code>
          )}
        </Stack>
      ))}
    </>
  );
}
