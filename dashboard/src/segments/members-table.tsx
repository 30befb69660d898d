import { Paper } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import type { Member, Segment } from "./queries.ts";

export function MembersTable({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const members = usePages<Member>(["segments", segment.id, "members"], `/v1/segments/${segment.id}/members`);
  const columns = useMemo<readonly TableColumn<Member>[]>(
    () => [
      {
        id: "person",
        header: t("people.name"),
        grow: true,
        cell: (member) => <Person id={member.profile_id} name={member.name} detail={member.email} />,
      },
      {
        id: "entered",
        header: t("segments.entered"),
        align: "right",
        cell: (member) => <When at={member.entered_at} />,
      },
    ],
    [t],
  );
  return (
    <Paper p="xs">
      <DataTable
        label={t("segments.members")}
        source={members}
        rows={itemsOf(members.data)}
        columns={columns}
        rowId={(member) => member.profile_id}
        onOpen={(member) => void navigate({ to: "/people/$id", params: { id: member.profile_id } })}
        empty={<EmptyNotice title={t("segments.noMembers")}>{t("segments.noMembersText")}</EmptyNotice>}
      />
    </Paper>
  );
}
