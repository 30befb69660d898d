import { Drawer, Skeleton, Stack, Text, Timeline, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { MessageView } from "../../../server/src/messages/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { Copyable } from "../parts/copyable.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { nameOf } from "../profiles/name-of.ts";
import { profileQuery } from "../profiles/queries.ts";
import { messageQuery } from "./queries.ts";
import { WhySent } from "./why-sent.tsx";

interface MessageDrawerProps {
  readonly id: string | undefined;
  readonly onClose: () => void;
}

/** One message: why it went (or did not), and what it led to. */
export function MessageDrawer({ id, onClose }: MessageDrawerProps) {
  const { t } = useTranslation();
  const message = useQuery({ ...messageQuery(id ?? ""), enabled: id !== undefined });
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title={t("messages.one")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {message.isError ? <ErrorNotice error={message.error} retry={() => void message.refetch()} /> : null}
      {message.data ? <Details message={message.data} /> : message.isPending ? <Skeleton height={320} /> : null}
    </Drawer>
  );
}

function Details({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const profile = useQuery({ ...profileQuery(message.profile_id ?? ""), enabled: message.profile_id !== null });
  return (
    <Stack gap="lg">
      <Stack gap="xs" align="flex-start">
        <Title order={2}>{message.subject ?? message.template_name ?? t("messages.noSubject")}</Title>
        <Status value={message.status}>{label("message_status", message.status)}</Status>
        {message.profile_id ? (
          <Person id={message.profile_id} name={profile.data ? nameOf(profile.data) : null} />
        ) : null}
      </Stack>
      <WhySent message={message} />
      <Stack gap="xs">
        <Title order={3}>{t("messages.whatHappened")}</Title>
        <Progress message={message} />
      </Stack>
      <div>
        <Text size="xs" c="dimmed">
          {t("messages.id")}
        </Text>
        <Copyable value={message.id} />
      </div>
    </Stack>
  );
}

/** In the order they mostly come; not every message comes to all of them. */
const STEPS = [
  "created",
  "sent",
  "deferred",
  "delivered",
  "bounced",
  "machine_opened",
  "opened",
  "clicked",
  "replied",
  "complained",
  "ordered",
] as const;

function Progress({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const always = ["created", "sent", "opened", "clicked", "ordered"];
  const steps = STEPS.map((step) => ({ step, name: t(`messages.step.${step}`), at: message[`${step}_at`] })).filter(
    ({ step, at }) => at !== null || always.includes(step),
  );
  const reached = steps.findLastIndex((step) => step.at !== null);
  return (
    <Timeline active={reached} bulletSize={14} lineWidth={2}>
      {steps.map((step) => (
        <Timeline.Item key={step.name} title={<Text size="sm">{step.name}</Text>}>
          {step.at ? <When at={step.at} size="xs" c="dimmed" /> : null}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
