import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { useDescribeEntry } from "./describe-entry.ts";
import { iconOf } from "./node-kinds.ts";
import { journeysQuery, libraryQuery } from "./queries.ts";
import type { JourneyView, LibraryItem } from "./wire.ts";

/** Journeys that are whole; one click makes a draft of one's own, with its templates. */
export function LibraryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const items = useQuery(libraryQuery);
  const take = useMutation({
    mutationFn: ({ key, name }: { key: string; name: string }) =>
      call<JourneyView>("POST", `/v1/journeys/library/${key}`, { name }),
    onSuccess: async (journey) => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      await client.invalidateQueries({ queryKey: ["templates"] });
      announce(t("library.done", { name: journey.name }));
      await navigate({ to: "/journeys/$id", params: { id: journey.id }, search: { mode: "edit" } });
    },
  });
  return (
    <Page
      title={t("library.title")}
      subtitle={t("library.text")}
      before={
        <TextLink to="/journeys" size="sm" c="dimmed">
          ‹ {t("nav.journeys")}
        </TextLink>
      }
    >
      {take.isError ? <ErrorNotice error={take.error} /> : null}
      <QueryView query={items} height={600}>
        {({ items: found }) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {found.map((item) => (
              <LibraryCard
                key={item.key}
                item={item}
                isTaken={take.isPending && take.variables.key === item.key}
                onTake={(name) => take.mutate({ key: item.key, name })}
              />
            ))}
          </SimpleGrid>
        )}
      </QueryView>
    </Page>
  );
}

interface LibraryCardProps {
  readonly item: LibraryItem;
  readonly isTaken: boolean;
  readonly onTake: (name: string) => void;
}

function LibraryCard({ item, isTaken, onTake }: LibraryCardProps) {
  const { t, i18n } = useTranslation();
  const describe = useDescribeEntry();
  const word = (part: "name" | "about", otherwise: string) => {
    const key = `library.item.${item.key.replaceAll("-", "_")}.${part}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : otherwise;
  };
  const name = word("name", item.name);
  const kinds = [...new Set(Object.values(item.graph.nodes).map((node) => node.kind))].filter(
    (kind) => kind !== "exit",
  );
  const { goal } = describe(item.graph);
  return (
    <Paper p="md" component="article">
      <Stack gap="xs" h="100%">
        <Title order={2} size="h4">
          {name}
        </Title>
        <Text size="sm" c="dimmed">
          {word("about", item.about)}
        </Text>
        <Group gap="xs">
          {kinds.map((kind) => {
            const Shape = iconOf(kind);
            return <Shape key={kind} size={18} stroke={1.6} aria-hidden />;
          })}
        </Group>
        <Group gap={6} mt="auto">
          <Badge variant="light" tt="none" radius="sm">
            {t("library.messages", { count: item.messages })}
          </Badge>
          {item.languages.map((language) => (
            <Badge key={language} variant="outline" color="gray" radius="sm" tt="none">
              {language.toUpperCase()}
            </Badge>
          ))}
        </Group>
        {goal ? (
          <Text size="xs" c="dimmed">
            {goal}
          </Text>
        ) : null}
        <Button
          variant="light"
          loading={isTaken}
          onClick={() => onTake(name)}
          aria-label={`${t("library.take")}: ${name}`}
        >
          {t("library.take")}
        </Button>
      </Stack>
    </Paper>
  );
}
