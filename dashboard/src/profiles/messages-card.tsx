import { Box, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLabel } from "../i18n/label.ts";
import { messagesOfQuery } from "../messages/queries.ts";
import { Card } from "../parts/card.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";

/** What this person was sent, or not; each line answers "why?" when opened. */
export function MessagesCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate({ from: "/people/$id" });
  const messages = useQuery(messagesOfQuery(profileId));
  return (
    <Card title={t("nav.messages")}>
      <QueryView query={messages} height={24}>
        {(data) =>
          data.items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("profile.noMessages")}
            </Text>
          ) : (
            <Stack gap={8}>
              {data.items.map((message) => (
                <UnstyledButton
                  key={message.id}
                  onClick={() => void navigate({ search: (now) => ({ ...now, message: message.id }) })}
                >
                  <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
                    <Box miw={0}>
                      <Text size="sm" fw={550} truncate>
                        {message.subject ?? message.template_name}
                      </Text>
                      <Text size="xs" c="dimmed">
                        <When at={message.sent_at ?? message.created_at} size="xs" />
                        {message.reason ? ` · ${label("message_reason", message.reason)}` : ""}
                      </Text>
                      <Text size="xs" c="var(--mantine-color-anchor)">
                        {t(message.status === "sent" ? "messages.why" : "messages.whyNot")}
                      </Text>
                    </Box>
                    <Status value={message.status}>{label("message_status", message.status)}</Status>
                  </Group>
                </UnstyledButton>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}
