import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { WarningItem } from "../../../server/src/identity/contracts.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { Card } from "../parts/card.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { useTypeName } from "./type-name.ts";

/** What the rules have kept from being joined, the newest first. */
export function WarningsCard() {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const warnings = usePages<WarningItem>(["identity", "warnings"], "/v1/identity/warnings");
  const columns = useMemo<readonly TableColumn<WarningItem>[]>(
    () => [
      {
        id: "identifier",
        header: t("identity.identifier"),
        grow: true,
        cell: ({ type, value }) => (
          <>
            <Text size="sm" truncate>
              {value}
            </Text>
            <Text size="xs" c="dimmed">
              {typeName(type)}
            </Text>
          </>
        ),
      },
      {
        id: "why",
        header: t("identity.why"),
        cell: ({ reason }) => <Text size="sm">{t(`identity.reason.${reason}`)}</Text>,
      },
      {
        id: "person",
        header: t("identity.cameTo"),
        from: "sm",
        cell: ({ person }) => <Person id={person.id} name={person.name} size={22} />,
      },
      {
        id: "holder",
        header: t("identity.belongsTo"),
        from: "md",
        cell: ({ held_by }) => (held_by ? <Person id={held_by.id} name={held_by.name} size={22} /> : null),
      },
      {
        id: "times",
        header: t("identity.times"),
        align: "right",
        from: "md",
        cell: ({ times }) => <Text size="sm">{times}</Text>,
      },
      { id: "last", header: t("identity.last"), align: "right", cell: ({ last_at }) => <When at={last_at} /> },
    ],
    [t, typeName],
  );
  return (
    <Card title={t("identity.warnings")}>
      <DataTable
        label={t("identity.warnings")}
        source={warnings}
        rows={itemsOf(warnings.data)}
        columns={columns}
        rowId={({ id }) => id}
        empty={<EmptyNotice title={t("identity.noWarnings")}>{t("identity.noWarningsText")}</EmptyNotice>}
      />
    </Card>
  );
}
