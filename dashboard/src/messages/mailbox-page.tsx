import { Box, Group, NavLink, Paper, SegmentedControl, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { MailView } from "../../../server/src/messages/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { ButtonLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { When } from "../parts/when.tsx";
import { MailFrame } from "./mail-frame.tsx";
import classes from "./mailbox-page.module.css";
import { MessagesNav } from "./messages-nav.tsx";
import { mailQuery } from "./queries.ts";

type MailRow = Omit<MailView, "html" | "text" | "headers">;

const route = getRouteApi("/messages/mailbox");

/** Where mail goes while no SMTP server is set: to be read here as its reader would. */
export function MailboxPage() {
  const { t } = useTranslation();
  const { mail } = route.useSearch();
  const navigate = route.useNavigate();
  const mails = usePages<MailRow>(["mailbox"], "/v1/mailbox");
  useLiveQueries({ topics: ["message"] }, [["mailbox"]]);
  const items = itemsOf(mails.data);
  const open = (id: string) => void navigate({ search: (now) => ({ ...now, mail: id }) });
  const active = useRowKeys(items.length, (index) => {
    const row = items[index];
    if (row) open(row.id);
  });
  const shown = mail ?? items[0]?.id;
  return (
    <Page title={t("nav.messages")} subtitle={t("mailbox.subtitle")}>
      <MessagesNav active="mailbox" />
      {mails.isError ? <ErrorNotice error={mails.error} retry={() => void mails.refetch()} /> : null}
      {mails.isPending ? <Skeleton height={320} className="kilim-late" /> : null}
      {mails.data && items.length === 0 ? (
        <Paper>
          <EmptyNotice
            title={t("mailbox.empty")}
            action={
              <ButtonLink to="/settings" search={{ tab: "email" }} variant="default">
                {t("mailbox.settings")}
              </ButtonLink>
            }
          >
            {t("mailbox.emptyText")}
          </EmptyNotice>
        </Paper>
      ) : null}
      {items.length > 0 ? (
        <Box className={classes.columns}>
          <Paper component="nav" aria-label={t("messages.tab.mailbox")}>
            <Box mah="calc(100dvh - 240px)" style={{ overflowY: "auto" }}>
              {items.map((row, index) => (
                <NavLink
                  key={row.id}
                  component="button"
                  active={row.id === shown}
                  {...(active === index ? { "data-row-active": true, bg: "var(--mantine-color-default-hover)" } : {})}
                  onClick={() => open(row.id)}
                  noWrap
                  label={row.to}
                  description={row.subject}
                  rightSection={<When at={row.at} size="xs" c="dimmed" />}
                />
              ))}
            </Box>
          </Paper>
          {shown ? <Mail id={shown} /> : null}
        </Box>
      ) : null}
    </Page>
  );
}

function Mail({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { view = "mail" } = route.useSearch();
  const navigate = route.useNavigate();
  const mail = useQuery(mailQuery(id));
  return (
    <Paper p="md" component="article" aria-label={mail.data?.subject ?? t("messages.one")}>
      <QueryView query={mail} height={560}>
        {(data) => (
          <Stack gap="sm">
            <Group justify="space-between" align="flex-start">
              <div>
                <Title order={2}>{data.subject}</Title>
                <Text size="sm" c="dimmed">
                  {t("mailbox.fromTo", { from: data.from, to: data.to })} · <When at={data.at} c="dimmed" />
                </Text>
              </div>
              <SegmentedControl
                size="xs"
                aria-label={t("mailbox.view")}
                value={view}
                onChange={(value) =>
                  void navigate({
                    search: (now) => ({ ...now, view: value === "text" || value === "headers" ? value : undefined }),
                    replace: true,
                  })
                }
                data={[
                  { value: "mail", label: t("mailbox.mail") },
                  { value: "text", label: t("mailbox.text") },
                  { value: "headers", label: t("mailbox.headers") },
                ]}
              />
            </Group>
            {view === "mail" ? <MailFrame html={data.html} title={data.subject} height="calc(100dvh - 360px)" /> : null}
            {view === "text" ? <pre className="kilim-pre">{data.text}</pre> : null}
            {view === "headers" ? <Headers headers={data.headers} /> : null}
            {view === "mail" ? (
              <Text size="xs" c="dimmed">
                {t("mailbox.counts")}
              </Text>
            ) : null}
          </Stack>
        )}
      </QueryView>
    </Paper>
  );
}

function Headers({ headers }: { readonly headers: MailView["headers"] }) {
  return (
    <Table layout="fixed">
      <Table.Tbody>
        {Object.entries(headers).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={200} fz="sm">
              {name}
            </Table.Th>
            <Table.Td fz="sm" style={{ overflowWrap: "anywhere" }}>
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
