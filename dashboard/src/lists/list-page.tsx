import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { DeleteList, RenameList } from "./list-actions.tsx";
import { ListMembers } from "./list-members.tsx";
import { LISTS, type ListView, listQuery } from "./queries.ts";
import { UploadDrawer } from "./upload-drawer.tsx";
import { UploadsCard } from "./uploads-card.tsx";

const route = getRouteApi("/segments/lists/$id");

/** One list: who is on it, by hand or by file, and which segments ask for it. */
export function ListPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(listQuery(id));
  useLiveQueries({ topics: ["list"] }, [LISTS]);
  const ask = (asked: "upload" | "rename" | "delete" | undefined) =>
    void navigate({ search: { action: asked }, replace: true });
  return (
    <Page
      title={list.data?.name ?? t("lists.title")}
      before={
        <TextLink to="/segments/lists" size="sm" c="dimmed">
          ‹ {t("lists.title")}
        </TextLink>
      }
      {...(list.data ? { subtitle: <Subtitle list={list.data} /> } : {})}
      actions={
        <>
          <Button variant="default" onClick={() => ask("rename")}>
            {t("lists.rename")}
          </Button>
          <Button variant="default" onClick={() => ask("delete")}>
            {t("lists.delete")}
          </Button>
          <Button onClick={() => ask("upload")}>{t("lists.upload")}</Button>
        </>
      }
    >
      <QueryView query={list} height={320}>
        {(data) => (
          <Stack gap="md">
            <UploadsCard list={data} />
            <ListMembers list={data} />
            {action === "upload" ? <UploadDrawer list={data} onClose={() => ask(undefined)} /> : null}
            {action === "rename" ? <RenameList list={data} onClose={() => ask(undefined)} /> : null}
            {action === "delete" ? <DeleteList list={data} onClose={() => ask(undefined)} /> : null}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Subtitle({ list }: { readonly list: ListView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group gap={6}>
      <Text span size="sm" fw={600} c="var(--mantine-color-text)">
        {t("segments.people", { count: list.size, shown: format.number(list.size) })}
      </Text>
      <Text span size="sm">
        {list.used_by.length === 0
          ? t(list.is_used ? "lists.usedByJourney" : "lists.unused")
          : `${t("lists.usedBy")}: `}
        {list.used_by.map((segment, n) => (
          <Fragment key={segment.id}>
            {n > 0 ? ", " : ""}
            <TextLink to="/segments/$id" params={{ id: segment.id }} size="sm" underline="always">
              {segment.name}
            </TextLink>
          </Fragment>
        ))}
      </Text>
    </Group>
  );
}
