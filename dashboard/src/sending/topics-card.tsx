import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Topic, TopicBody } from "../../../server/src/consent/contracts.ts";
import { call } from "../api/http.ts";
import { useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { topicsQuery } from "./queries.ts";
import { Channels } from "./rule-rows.tsx";

/** What people can say yes or no to by itself. */
export function TopicsCard() {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const topics = useQuery(topicsQuery);
  const change = useMutation({
    mutationFn: ({ key, body }: { key: string; body: TopicBody }) =>
      call<Topic>("PUT", `/v1/topics/${encodeURIComponent(key)}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: topicsQuery.queryKey }),
  });
  const nameOf = (topic: Topic) => topic.names[i18n.language] ?? topic.names.en ?? topic.key;
  return (
    <Card title={t("sending.topics")}>
      <Text size="sm" c="dimmed">
        {t("sending.topicsText")}
      </Text>
      <QueryView query={topics} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{t("sending.noTopics")}</Text>
          ) : (
            <Stack gap={6}>
              {items.map((topic) => (
                <Group key={topic.key} justify="space-between" wrap="nowrap">
                  <div>
                    <Text size="sm" fw={550}>
                      {nameOf(topic)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {topic.key} · {topic.channels.map((channel) => label("channel", channel)).join(", ")}
                    </Text>
                  </div>
                  <Group gap="xs" wrap="nowrap">
                    {topic.archived ? <Status value="archived">{t("sending.archived")}</Status> : null}
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => {
                        const { key, created_at: _made, updated_at: _changed, ...body } = topic;
                        change.mutate({ key, body: { ...body, archived: !topic.archived } });
                      }}
                    >
                      {t(topic.archived ? "sending.restore" : "sending.archive")}
                    </Button>
                  </Group>
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
      <NewTopic
        position={topics.data?.items.length ?? 0}
        isSaving={change.isPending}
        onAdd={(key, body) => change.mutate({ key, body })}
      />
    </Card>
  );
}

/** No way to write to people, and a choice of theirs all the same. */
const ADS = ["ads"];

interface NewTopicProps {
  readonly position: number;
  readonly isSaving: boolean;
  onAdd(key: string, body: TopicBody): void;
}

function NewTopic({ position, isSaving, onAdd }: NewTopicProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const [names, setNames] = useState<Record<string, string>>({ en: "", tr: "", id: "" });
  const [channels, setChannels] = useState(["email"]);
  const given = Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== ""));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(key, { names: given, descriptions: {}, channels, position, archived: false });
        setKey("");
        setNames({ en: "", tr: "", id: "" });
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" grow preventGrowOverflow={false} align="flex-end">
          <TextInput
            label={t("sending.topicKey")}
            placeholder="new_arrivals"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          {["en", "tr", "id"].map((language) => (
            <TextInput
              key={language}
              label={t("sending.topicName", { language })}
              value={names[language] ?? ""}
              onChange={(event) => setNames({ ...names, [language]: event.currentTarget.value })}
            />
          ))}
        </Group>
        <Group>
          <Channels value={channels} also={ADS} onChange={setChannels} />
        </Group>
        <div>
          <Button
            type="submit"
            variant="default"
            loading={isSaving}
            disabled={key === "" || channels.length === 0 || Object.keys(given).length === 0}
          >
            {t("sending.addTopic")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
