import {
  Button,
  Group,
  NumberInput,
  Paper,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailChannelBody, EmailChannelView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { announce } from "../shell/announce.ts";
import { emailChannelQuery } from "./queries.ts";

/** How mail leaves the house. The server's address can be written and never read again. */
export function EmailSettings() {
  const channel = useQuery(emailChannelQuery);
  return (
    <Paper p="md" maw={640}>
      <QueryView query={channel} height={320}>
        {(data) => <Form key={`${data.smtp_host}|${data.from}`} channel={data} />}
      </QueryView>
    </Paper>
  );
}

function Form({ channel }: { readonly channel: EmailChannelView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [smtp, setSmtp] = useState("");
  const [from, setFrom] = useState(channel.from);
  const [cap, setCap] = useState(channel.frequency_cap);
  const save = useMutation({
    mutationFn: (body: EmailChannelBody) => call<unknown>("PUT", "/v1/channels/email", body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: emailChannelQuery.queryKey });
      announce(t("settings.saved"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ from, frequency_cap: cap, ...(smtp === "" ? {} : { smtp_url: smtp }) });
      }}
    >
      <Stack gap="md">
        <Group gap="xs">
          <Status value={channel.delivery === "mailbox" ? "draft" : "live"}>
            {channel.delivery === "mailbox"
              ? t("settings.smtpOff")
              : t("settings.smtpOn", { host: channel.smtp_host ?? channel.provider })}
          </Status>
          {channel.delivery === "mailbox" ? (
            <TextLink to="/messages/mailbox" size="sm">
              {t("settings.openMailbox")}
            </TextLink>
          ) : null}
        </Group>
        <PasswordInput
          label={t("settings.smtpUrl")}
          description={t("settings.smtpUrlText")}
          placeholder={channel.smtp_host ? t("settings.smtpKeep") : "smtp://user:password@mail.example.com:587"}
          autoComplete="off"
          value={smtp}
          onChange={(event) => setSmtp(event.currentTarget.value)}
        />
        <TextInput
          label={t("settings.from")}
          description={t("settings.fromText")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Switch
          label={t("settings.cap")}
          description={t("settings.capText")}
          checked={cap !== null}
          onChange={(event) => setCap(event.currentTarget.checked ? { messages: 3, per: "P7D" } : null)}
        />
        {cap ? (
          <Group gap="xs">
            <NumberInput
              w={90}
              min={1}
              max={1000}
              aria-label={t("settings.capMessages")}
              value={cap.messages}
              onChange={(value) => setCap({ ...cap, messages: Number(value) || 1 })}
            />
            <Text size="sm">{t("settings.capPer")}</Text>
            <Select
              w={150}
              allowDeselect={false}
              aria-label={t("settings.capPer")}
              data={[...new Set(["P1D", "P7D", "P30D", cap.per])].map((value) => ({
                value,
                label: t("settings.days", { count: days(value) }),
              }))}
              value={cap.per}
              onChange={(per) => setCap({ ...cap, per: per ?? cap.per })}
            />
          </Group>
        ) : null}
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("action.save")}
          </Button>
          {channel.smtp_source === "screen" ? (
            <Button variant="default" onClick={() => save.mutate({ smtp_url: null })}>
              {t("settings.smtpRemove")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

const days = (iso: string) => Number(/^P(\d+)D$/.exec(iso)?.[1] ?? 0);
