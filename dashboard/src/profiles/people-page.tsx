import { Group, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { ChannelIcon } from "../parts/channel.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import type { PersonRow } from "./wire.ts";

const route = getRouteApi("/people");

export function PeoplePage() {
  const { t } = useTranslation();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q ?? "");
  const search = useDebouncedCallback((value: string) => {
    void navigate({ search: value.trim() === "" ? {} : { q: value.trim() }, replace: true });
  }, 200);
  const people = usePages<PersonRow>(["people"], "/v1/profiles", { q });
  const columns = useColumns();
  useCommands([
    {
      id: "people.clear",
      keys: "escape",
      group: "here",
      label: t("command.clear"),
      run: () => {
        setText("");
        void navigate({ search: {} });
      },
    },
  ]);

  return (
    <Page
      title={t("nav.people")}
      subtitle={t("people.subtitle")}
      actions={
        <ButtonLink to="/people/duplicates" variant="default">
          {t("people.duplicates")}
        </ButtonLink>
      }
    >
      <TextInput
        data-search
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t("people.searchHint")}
        aria-label={t("people.search")}
        maw={480}
      />
      <Paper p="xs">
        <DataTable
          label={t("nav.people")}
          source={people}
          rows={itemsOf(people.data)}
          columns={columns}
          rowId={(person) => person.id}
          onOpen={(person) => void navigate({ to: "/people/$id", params: { id: person.id } })}
          empty={
            q ? (
              <EmptyNotice title={t("people.noneFound", { q })}>{t("people.noneFoundText")}</EmptyNotice>
            ) : (
              <EmptyNotice title={t("people.empty")} action={<ButtonLink to="/">{t("people.emptyAction")}</ButtonLink>}>
                {t("people.emptyText")}
              </EmptyNotice>
            )
          }
        />
      </Paper>
    </Page>
  );
}

function useColumns(): readonly TableColumn<PersonRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("people.name"),
        grow: true,
        cell: (person) => <Person id={person.id} name={person.name} detail={person.email} />,
      },
      {
        id: "city",
        header: t("people.city"),
        from: "md",
        cell: (person) => <Text size="sm">{person.city ?? "–"}</Text>,
      },
      {
        id: "channels",
        header: t("people.channels"),
        from: "sm",
        cell: (person) => (
          <Group gap={6}>
            {person.channels.map((channel) => (
              <ChannelIcon key={channel} channel={channel} />
            ))}
          </Group>
        ),
      },
      {
        id: "orders",
        header: t("people.orders"),
        align: "right",
        from: "xs",
        cell: (person) => <Text size="sm">{format.number(person.orders)}</Text>,
      },
      {
        id: "revenue",
        header: t("people.revenue"),
        align: "right",
        from: "sm",
        cell: (person) => <Text size="sm">{person.revenue ? format.money(person.revenue) : "–"}</Text>,
      },
      { id: "seen", header: t("people.lastSeen"), align: "right", cell: (person) => <When at={person.last_seen} /> },
    ],
    [t, format],
  );
}
