import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { Card } from "../parts/card.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { PersonPicker } from "../profiles/person-picker.tsx";
import { announce } from "../shell/announce.ts";
import { LISTS, type Listed, type ListView } from "./queries.ts";

interface Change {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Who is on the list; somebody is put on it or taken off it by hand, and back again by "undo". */
export function ListMembers({ list }: { readonly list: ListView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const members = usePages<Listed>([...LISTS, list.id, "members"], `/v1/lists/${list.id}/members`);
  const { mutate, isError, error, isPending } = useMutation({
    mutationFn: (change: Change) => call<ListView>("POST", `/v1/lists/${list.id}/members`, change),
    onSuccess: (_, { add, remove }) => {
      void client.invalidateQueries({ queryKey: LISTS });
      announce(t(add.length > 0 ? "lists.added" : "lists.removed"), {
        label: t("lists.undo"),
        run: () => mutate({ add: remove, remove: add }),
      });
    },
  });
  const columns = useMemo<readonly TableColumn<Listed>[]>(
    () => [
      {
        id: "person",
        header: t("people.name"),
        grow: true,
        cell: (one) => <Person id={one.profile_id} name={one.name} detail={one.email} />,
      },
      {
        id: "added",
        header: t("lists.addedAt"),
        align: "right",
        from: "xs",
        cell: (one) => <When at={one.added_at} />,
      },
      {
        id: "remove",
        header: "",
        align: "right",
        cell: (one) => (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`${t("lists.remove")}: ${one.name ?? one.profile_id.slice(-6)}`}
            onClick={() => mutate({ add: [], remove: [one.profile_id] })}
          >
            {t("lists.remove")}
          </Button>
        ),
      },
    ],
    [t, mutate],
  );
  return (
    <Card title={t("segments.members")}>
      <Group>
        <PersonPicker
          label={t("lists.addByHand")}
          value={undefined}
          onChange={(id) => {
            if (id !== undefined && !isPending) mutate({ add: [id], remove: [] });
          }}
        />
      </Group>
      {isError ? <ErrorNotice error={error} /> : null}
      <DataTable
        label={t("segments.members")}
        source={members}
        rows={itemsOf(members.data)}
        columns={columns}
        rowId={(one) => one.profile_id}
        onOpen={(one) => void navigate({ to: "/people/$id", params: { id: one.profile_id } })}
        empty={<EmptyNotice title={t("lists.nobody")}>{t("lists.nobodyText")}</EmptyNotice>}
      />
    </Card>
  );
}
