import { Button, Paper, SegmentedControl, Select, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Channel, GalleryItem, TemplateView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { templatesQuery } from "../messages/queries.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { galleryQuery } from "./queries.ts";
import { CHANNELS } from "./vocabulary.ts";

const route = getRouteApi("/messages/templates/new");

/** Templates to begin from, for every channel. */
export function GalleryPage() {
  const { t, i18n } = useTranslation();
  const { channel: asked } = route.useSearch();
  const channel = CHANNELS.find((known) => known === asked);
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const gallery = useQuery(galleryQuery(i18n.language));
  const create = useMutation({
    mutationFn: ({ name, channel, purpose, default_language, contents }: GalleryItem) =>
      call<TemplateView>("POST", "/v1/templates", { name, channel, purpose, default_language, contents }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
      await navigate({ to: "/messages/templates/$id", params: { id } });
    },
  });
  const choices = [
    { value: "all", label: t("composer.all") },
    ...CHANNELS.map((value) => ({ value, label: t(`composer.channels.${value}`) })),
  ];
  const choose = (value: string | null) =>
    void navigate({ search: { channel: value === "all" ? undefined : (value as Channel) }, replace: true });
  return (
    <Page
      title={t("composer.gallery")}
      subtitle={t("composer.galleryText")}
      before={
        <TextLink to="/messages/templates" size="sm" c="dimmed">
          ‹ {t("messages.tab.templates")}
        </TextLink>
      }
    >
      <SegmentedControl
        visibleFrom="md"
        aria-label={t("composer.channel")}
        data={choices}
        value={channel ?? "all"}
        onChange={choose}
        style={{ alignSelf: "flex-start" }}
      />
      <Select
        hiddenFrom="md"
        label={t("composer.channel")}
        allowDeselect={false}
        data={choices}
        value={channel ?? "all"}
        onChange={choose}
      />
      {gallery.isError ? <ErrorNotice error={gallery.error} /> : null}
      {create.isError ? <ErrorNotice error={create.error} /> : null}
      {gallery.isPending ? <Skeleton height={320} className="kilim-late" /> : null}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {gallery.data?.items
          .filter((item) => channel === undefined || item.channel === channel)
          .map((item) => (
            <Paper key={item.id} p="md" component="article" aria-label={item.name}>
              <Stack gap="xs" align="flex-start" h="100%">
                <Text size="xs" c="dimmed">
                  {t(`composer.channels.${item.channel}`)} · {t(`messages.${item.purpose}`)}
                </Text>
                <Title order={2}>{item.name}</Title>
                <Text size="sm" flex={1}>
                  {item.about}
                </Text>
                <Button
                  variant="default"
                  aria-label={`${t("composer.begin")}: ${item.name}`}
                  loading={create.isPending && create.variables.id === item.id}
                  onClick={() => create.mutate(item)}
                >
                  {t("composer.begin")}
                </Button>
              </Stack>
            </Paper>
          ))}
      </SimpleGrid>
    </Page>
  );
}
