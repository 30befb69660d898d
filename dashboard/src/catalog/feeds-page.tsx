import { Button, CopyButton, Group, NativeSelect, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Feed } from "../../../server/src/catalog/contracts.ts";
import { call, get, type Page as Rows } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { FEED_KINDS } from "./product-fields.ts";

const FEEDS = ["feeds"] as const;

/** Addresses at which other systems read the catalogue. */
export function FeedsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const feeds = useQuery({ queryKey: FEEDS, queryFn: () => get<Rows<Feed>>("/v1/feeds") });
  const [name, setName] = useState("");
  const [kind, setKind] = useState<string>("google");
  const create = useMutation({
    mutationFn: () => call<Feed>("POST", "/v1/feeds", { name: name.trim(), kind }),
    onSuccess: async () => {
      setName("");
      await client.invalidateQueries({ queryKey: FEEDS });
    },
  });
  return (
    <Page title={t("catalogue.feeds")} subtitle={t("catalogue.feedsText")}>
      <Paper
        p="md"
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Group gap="sm" align="flex-end">
          <TextInput
            required
            maxLength={100}
            label={t("catalogue.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("catalogue.kind")}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            data={FEED_KINDS.map((value) => ({ value, label: t(`catalogue.kinds.${value}`) }))}
          />
          <Button type="submit" loading={create.isPending}>
            {t("catalogue.create")}
          </Button>
        </Group>
        {create.isError ? <ErrorNotice error={create.error} /> : null}
      </Paper>
      <QueryView query={feeds} height={160}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t("catalogue.noFeeds")}</Text>
          ) : (
            items.map((feed) => <FeedCard key={feed.id} feed={feed} />)
          )
        }
      </QueryView>
    </Page>
  );
}

function FeedCard({ feed }: { readonly feed: Feed }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => call("DELETE", `/v1/feeds/${feed.id}`),
    onSettled: () => client.invalidateQueries({ queryKey: FEEDS }),
  });
  return (
    <Paper p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={550}>
            {feed.name} · {t(`catalogue.kinds.${feed.kind}`)}
          </Text>
          <Text size="sm" c="dimmed">
            {t("catalogue.read")}: {feed.fetched_at ? <When at={feed.fetched_at} /> : t("catalogue.never")}
          </Text>
        </Group>
        <TextInput readOnly label={t("catalogue.address")} value={feed.url} />
        <Group gap="sm">
          <CopyButton value={feed.url}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t("catalogue.copied") : t("catalogue.copy")}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="default"
            loading={revoke.isPending}
            onClick={() => (isAsking ? revoke.mutate() : setAsking(true))}
          >
            {isAsking ? t("catalogue.revokeSure") : t("catalogue.revoke")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
