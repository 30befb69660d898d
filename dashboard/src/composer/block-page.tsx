import {
  Alert,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BlockUse, BlockView, EmailBlock } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { LeaveGuard } from "../segments/builder/leave-guard.tsx";
import { announce } from "../shell/announce.ts";
import { BlockList } from "./block-list.tsx";
import { Uses } from "./blocks-page.tsx";
import { sharedBlockQuery } from "./queries.ts";

const route = getRouteApi("/messages/blocks/$id");

/** One shared block: what it says on all channels, and every template it is in. */
export function BlockPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const block = useQuery({ ...sharedBlockQuery(id), refetchOnWindowFocus: false });
  useLiveQueries({ topics: ["block"] }, [
    ["blocks", id, "uses"],
    ["blocks", id],
  ]);
  if (block.data) return <BlockEditor key={block.data.version} block={block.data} />;
  return (
    <Page title={t("blocks.title")}>
      {block.isError ? <ErrorNotice error={block.error} /> : <Skeleton height={320} className="kilim-late" />}
    </Page>
  );
}

const OFFERED = ["en", "tr", "id", "de", "fr", "es"];

function BlockEditor({ block }: { readonly block: BlockView }) {
  const { t, i18n } = useTranslation();
  const { language: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState(block.name);
  const [contents, setContents] = useState(block.contents);
  const languages = Object.keys(contents);
  const language = asked && languages.includes(asked) ? asked : block.default_language;
  const content = contents[language] ?? { blocks: [], text: "" };
  const write = (change: Partial<typeof content>) =>
    setContents({ ...contents, [language]: { ...content, ...change } });
  const names = new Intl.DisplayNames([i18n.language], { type: "language" });
  const isChanged = contents !== block.contents || name !== block.name;
  const publish = useMutation({
    mutationFn: () =>
      call<BlockView>("PUT", `/v1/blocks/${block.id}?base=${block.version}`, {
        key: block.key,
        name,
        default_language: block.default_language,
        contents,
      }),
    onSuccess: async (view) => {
      client.setQueryData(sharedBlockQuery(block.id).queryKey, view);
      await client.invalidateQueries({ queryKey: ["blocks"], exact: true });
      announce(t("blocks.published"));
    },
  });
  return (
    <Page
      title={block.name}
      subtitle={`{{ shared.${block.key} }}`}
      before={
        <TextLink to="/messages/blocks" size="sm" c="dimmed">
          ‹ {t("blocks.title")}
        </TextLink>
      }
      actions={
        <Button
          disabled={!isChanged || name.trim() === ""}
          loading={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {t("blocks.publish")}
        </Button>
      }
    >
      <LeaveGuard isOn={() => isChanged && !publish.isSuccess} />
      {publish.isError ? <ErrorNotice error={publish.error} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack gap="sm" miw={0}>
          <TextInput label={t("blocks.name")} value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <Group justify="space-between">
            <SegmentedControl
              size="xs"
              aria-label={t("messages.languages")}
              value={language}
              onChange={(next) => void navigate({ search: { language: next }, replace: true })}
              data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
            />
            <Select
              size="xs"
              w={170}
              aria-label={t("composer.addLanguage")}
              placeholder={t("composer.addLanguage")}
              value={null}
              data={OFFERED.filter((value) => !languages.includes(value)).map((value) => ({
                value,
                label: names.of(value) ?? value,
              }))}
              onChange={(value) => {
                if (!value) return;
                setContents({ ...contents, [value]: structuredClone(content) });
                void navigate({ search: { language: value }, replace: true });
              }}
            />
          </Group>
          <BlockList
            key={language}
            without={["shared"]}
            blocks={content.blocks as readonly EmailBlock[]}
            onChange={(blocks) => write({ blocks })}
          />
          <Textarea
            label={t("blocks.text")}
            description={t("blocks.textHint")}
            autosize
            minRows={2}
            value={content.text}
            onChange={(e) => write({ text: e.currentTarget.value })}
          />
        </Stack>
        <UsesCard block={block} />
      </SimpleGrid>
    </Page>
  );
}

function UsesCard({ block }: { readonly block: BlockView }) {
  const { t } = useTranslation();
  const pages = usePages<BlockUse>(["blocks", block.id, "uses"], `/v1/blocks/${block.id}/uses`);
  const items = itemsOf(pages.data);
  return (
    <Paper p="md" component="section" aria-label={t("blocks.uses")}>
      <Stack gap="xs" align="flex-start">
        <Title order={2}>{t("blocks.uses")}</Title>
        {block.uses === 0 ? <Text size="sm">{t("blocks.notUsed")}</Text> : <Uses block={block} />}
        {items.map((use) => (
          <Stack key={use.template_id} gap={2}>
            <TextLink to="/messages/templates/$id" params={{ id: use.template_id }} size="sm">
              {use.template_name}
            </TextLink>
            {use.problem ? (
              <Alert color="orange" p="xs">
                <Text size="sm">{use.problem}</Text>
              </Alert>
            ) : null}
          </Stack>
        ))}
        {pages.hasNextPage ? (
          <Button
            variant="default"
            size="sm"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("action.more")}
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
}
