import { Alert, Button, Group, Modal, Paper, Stack, Text } from "@mantine/core";
import { IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { Copyable } from "../parts/copyable.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { AccountForm } from "./account-form.tsx";
import {
  ACCOUNTS,
  type AccountBody,
  type AccountCheck,
  type AccountView,
  accountQuery,
  type ProviderView,
  providersQuery,
} from "./queries.ts";
import { useChannelWords } from "./words.ts";

const route = getRouteApi("/settings/channels/$id");

/** One account: whether it works, where its provider calls, its settings. */
export function AccountPage() {
  const { id } = route.useParams();
  const account = useQuery(accountQuery(id));
  const providers = useQuery(providersQuery);
  useLiveQueries({ topics: ["channel"] }, [ACCOUNTS]);
  return (
    <QueryView query={account} height={480}>
      {(found) => (
        <QueryView query={providers} height={480}>
          {({ items }) => {
            const provider = items.find((one) => one.channel === found.channel && one.provider === found.provider);
            return provider ? <Account account={found} provider={provider} /> : null;
          }}
        </QueryView>
      )}
    </QueryView>
  );
}

interface AccountProps {
  readonly account: AccountView;
  readonly provider: ProviderView;
}

function Account({ account, provider }: AccountProps) {
  const { t } = useTranslation();
  const words = useChannelWords();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const check = useMutation({
    mutationFn: () => call<AccountCheck>("POST", `/v1/channels/accounts/${account.id}/check`),
  });
  const save = useMutation({
    mutationFn: (body: AccountBody) => call("PUT", `/v1/channels/accounts/${account.id}`, body),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      announce(t("settings.saved"));
    },
  });
  return (
    <Page
      title={account.name}
      subtitle={`${words.channel(account.channel)} · ${provider.title}`}
      before={
        <TextLink to="/settings" search={{ tab: "channels" }} size="sm">
          {t("channels.title")}
        </TextLink>
      }
      actions={
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t("channels.check")}
        </Button>
      }
    >
      <Stack maw={640}>
        {check.data ? <CheckResult result={check.data} /> : null}
        {check.isError ? <ErrorNotice error={check.error} /> : null}
        {account.hook_url === null ? null : (
          <Paper p="md">
            <Stack gap={4}>
              <Text size="sm" fw={600}>
                {t("channels.hook")}
              </Text>
              <Text size="sm" c="dimmed">
                {t("channels.hookText")}
              </Text>
              <Copyable value={account.hook_url} />
            </Stack>
          </Paper>
        )}
        <Paper p="md">
          <AccountForm
            key={`${account.id} ${account.is_default} ${account.secrets.join()}`}
            provider={provider}
            account={account}
            onSubmit={(body) => save.mutate(body)}
          >
            {save.isError ? <ErrorNotice error={save.error} /> : null}
            <Group justify="space-between">
              <Button type="submit" loading={save.isPending}>
                {t("action.save")}
              </Button>
              <Button variant="subtle" color="kilim" onClick={() => void navigate({ search: { action: "remove" } })}>
                {t("channels.remove")}
              </Button>
            </Group>
          </AccountForm>
        </Paper>
      </Stack>
      <RemoveAccount account={account} />
    </Page>
  );
}

/** The provider's own words: ours would be a guess. */
function CheckResult({ result }: { readonly result: AccountCheck }) {
  const { t } = useTranslation();
  return (
    <Alert
      role="status"
      color={result.ok ? "teal" : "kilim"}
      icon={result.ok ? <IconCheck aria-hidden /> : <IconPlugConnectedX aria-hidden />}
      title={result.ok ? t("channels.works") : t("channels.worksNot")}
    >
      <Text size="sm" lang="en">
        {result.detail}
      </Text>
    </Alert>
  );
}

function RemoveAccount({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const remove = useMutation({
    mutationFn: () => call("DELETE", `/v1/channels/accounts/${account.id}`),
    async onSuccess() {
      await navigate({ to: "/settings", search: { tab: "channels" } });
      await client.invalidateQueries({ queryKey: ACCOUNTS, exact: true });
    },
  });
  return (
    <Modal
      opened={action === "remove"}
      onClose={() => void navigate({ search: {} })}
      title={t("channels.remove")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack>
        <Text size="sm">{account.is_default ? t("channels.removeDefaultText") : t("channels.removeText")}</Text>
        {remove.isError ? <ErrorNotice error={remove.error} /> : null}
        <Group justify="flex-end">
          <Button color="kilim" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("channels.removeNow")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
