import { Alert, Code, Drawer, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { EventDetail } from "../../../server/src/debugger/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { ChannelName } from "../parts/channel.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { EventState } from "./event-state.tsx";
import { QuarantineActions } from "./quarantine-actions.tsx";
import { eventQuery } from "./queries.ts";
import { RawView } from "./raw-view.tsx";
import { useReason } from "./reason.ts";

interface EventDrawerProps {
  readonly id: string | undefined;
  readonly onClose: () => void;
}

/** One event: where it is, whose it is, its JSON; a refused one with why and how to mend it. */
export function EventDrawer({ id, onClose }: EventDrawerProps) {
  const { t } = useTranslation();
  const event = useQuery({ ...eventQuery(id ?? ""), enabled: id !== undefined });
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title={t("events.one")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {event.isError ? <ErrorNotice error={event.error} retry={() => void event.refetch()} /> : null}
      {event.data ? (
        <Details event={event.data} onClose={onClose} />
      ) : event.isPending ? (
        <Skeleton height={320} className="kilim-late" />
      ) : null}
    </Drawer>
  );
}

function Details({ event, onClose }: { readonly event: EventDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const isRefusal = event.state === "rejected" || event.state === "refused";
  return (
    <Stack gap="md">
      <Group gap="xs" align="center">
        <Title order={2} style={{ overflowWrap: "anywhere" }}>
          {event.name
            ? event.name
            : event.state === "refused"
              ? t("events.request")
              : (event.type ?? t("events.unnamed"))}
        </Title>
        <EventState value={event.state} />
      </Group>
      {event.code ? <Why event={event} /> : <Text size="sm">{t(`events.stateText.${event.state}`)}</Text>}
      {event.profile_id ? <Person id={event.profile_id} name={event.profile_name} /> : null}
      <Facts event={event} />
      {event.event !== null && event.event !== undefined ? (
        <div>
          <Title order={3} mb={6}>
            {isRefusal ? t("events.asReceived") : t("events.asNormalised")}
          </Title>
          {event.is_cut ? (
            <Text size="xs" c="dimmed" mb={6}>
              {t("events.isCut")}
            </Text>
          ) : null}
          {typeof event.event === "string" ? (
            <Code block className="kilim-pre">
              {event.event}
            </Code>
          ) : (
            <JsonView value={event.event} />
          )}
        </div>
      ) : null}
      {event.raw === null ? null : <RawView raw={event.raw} name={event.quarantine_id ?? "event"} />}
      {event.quarantine_id ? (
        <QuarantineActions id={event.quarantine_id} canRetry={event.can_retry} onDone={onClose} />
      ) : null}
    </Stack>
  );
}

function Why({ event }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  const { title, remedy } = useReason()(event);
  return (
    <Alert color={event.state === "quarantined" ? "orange" : "kilim"} variant="light" title={title}>
      <Stack gap={6} align="flex-start">
        {event.state === "quarantined" ? (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {event.reason}
          </Text>
        ) : null}
        {event.field ? (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {t("events.field")} <Code>{event.field}</Code> {event.value ? <Code>{event.value}</Code> : null}
          </Text>
        ) : null}
        {event.code === "plan_violation" ? <Text size="sm">{event.reason}</Text> : null}
        {remedy ? (
          <Text size="sm">
            <b>{t("events.toDo")}</b> {remedy}
          </Text>
        ) : null}
        <Code>{event.code}</Code>
      </Stack>
    </Alert>
  );
}

function Facts({ event }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("events.received"), format.moment(event.received_at)],
    [t("events.happened"), event.timestamp && format.moment(event.timestamp)],
    [t("events.source"), event.source_name ?? (event.source || (event.key_hint ?? t("events.unknownKey")))],
    [t("events.type"), event.type],
    [t("events.channel"), event.channel && <ChannelName key="channel" channel={event.channel} />],
    [t("events.userId"), event.user_id && <Copyable key="user" value={event.user_id} />],
    [t("events.anonymousId"), event.anonymous_id && <Copyable key="anonymous" value={event.anonymous_id} />],
    [t("events.messageId"), event.message_id && <Copyable key="message" value={event.message_id} />],
  ];
  return (
    <Table aria-label={t("events.facts")} layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value]) =>
          value ? (
            <Table.Tr key={name}>
              <Table.Th fz="sm" fw={500} w={130}>
                {name}
              </Table.Th>
              <Table.Td fz="sm" style={{ overflowWrap: "anywhere" }}>
                {value}
              </Table.Td>
            </Table.Tr>
          ) : null,
        )}
      </Table.Tbody>
    </Table>
  );
}
