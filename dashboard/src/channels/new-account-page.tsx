import { Button, Group, Paper, SimpleGrid, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { AccountForm } from "./account-form.tsx";
import { ACCOUNTS, type AccountBody, type AccountView, type ProviderView, providersQuery } from "./queries.ts";
import { useChannelWords } from "./words.ts";

const route = getRouteApi("/settings/channels/new");

/** First the provider, then what it needs. */
export function NewAccountPage() {
  const { t } = useTranslation();
  const { channel, provider } = route.useSearch();
  const providers = useQuery(providersQuery);
  return (
    <Page
      title={t("channels.add")}
      before={
        <TextLink to="/settings" search={{ tab: "channels" }} size="sm">
          {t("channels.title")}
        </TextLink>
      }
    >
      <QueryView query={providers} height={480}>
        {({ items }) => {
          const chosen = items.find((one) => one.channel === channel && one.provider === provider);
          return chosen ? <NewAccount provider={chosen} /> : <Providers items={items} />;
        }}
      </QueryView>
    </Page>
  );
}

function Providers({ items }: { readonly items: readonly ProviderView[] }) {
  const words = useChannelWords();
  const navigate = route.useNavigate();
  const channels = [...new Set(items.map(({ channel }) => channel))];
  return (
    <Stack maw={900} gap="lg">
      {channels.map((channel) => (
        <Stack key={channel} gap="xs">
          <Title order={2} size="h4">
            {words.channel(channel)}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
            {items
              .filter((one) => one.channel === channel)
              .map(({ provider, title }) => (
                <UnstyledButton key={provider} onClick={() => void navigate({ search: { channel, provider } })}>
                  <Paper p="sm" withBorder>
                    <Text size="sm" fw={600}>
                      {title}
                    </Text>
                  </Paper>
                </UnstyledButton>
              ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Stack>
  );
}

function NewAccount({ provider }: { readonly provider: ProviderView }) {
  const { t } = useTranslation();
  const words = useChannelWords();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const create = useMutation({
    mutationFn: (body: AccountBody) => call<AccountView>("POST", "/v1/channels/accounts", body),
    async onSuccess({ id }) {
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      await navigate({ to: "/settings/channels/$id", params: { id } });
    },
  });
  return (
    <Paper p="md" maw={640}>
      <Stack>
        <Group justify="space-between">
          <Text fw={600}>{`${words.channel(provider.channel)} · ${provider.title}`}</Text>
          <Button variant="subtle" size="compact-sm" onClick={() => void navigate({ search: {} })}>
            {t("channels.another")}
          </Button>
        </Group>
        <AccountForm provider={provider} account={null} onSubmit={(body) => create.mutate(body)}>
          {create.isError ? <ErrorNotice error={create.error} /> : null}
          <Group>
            <Button type="submit" loading={create.isPending}>
              {t("channels.create")}
            </Button>
          </Group>
        </AccountForm>
      </Stack>
    </Paper>
  );
}
