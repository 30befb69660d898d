import { Badge, Box, Group, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Duplicate, Evidence } from "../../../server/src/profiles/contracts.ts";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { useTypeName } from "./type-name.ts";

const TEXTS = ["email", "phone", "birthday", "address", "city"] as const;
type Field = "name" | (typeof TEXTS)[number];

/** Which rows a piece of evidence is about. */
const ABOUT: Readonly<Record<Evidence, readonly Field[]>> = {
  same_name_birthday: ["name", "birthday"],
  same_name_address: ["name", "address"],
  same_email: ["email"],
  same_phone: ["phone"],
  email_typo: ["email"],
  same_name: ["name"],
  other_name: ["name"],
  other_birthday: ["birthday"],
};

/** Two people row by row; what speaks for or against their being one is marked. */
export function CompareTable({ pair }: { readonly pair: Duplicate }) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const markOf = (field: Field) => {
    const about = pair.evidence.filter((one) => ABOUT[one].includes(field));
    if (about.length === 0) return "transparent";
    return about.some((one) => one.startsWith("other"))
      ? "var(--mantine-color-orange-light)"
      : "var(--mantine-color-teal-light)";
  };
  const row = (field: Field | "identifiers" | "orders" | "last_seen", cell: (side: Duplicate["a"]) => ReactNode) => (
    <Table.Tr
      key={field}
      bg={field === "identifiers" || field === "orders" || field === "last_seen" ? "transparent" : markOf(field)}
    >
      <Table.Th scope="row" fw={500} c="dimmed" fz="xs">
        {t(`duplicates.field.${field}`)}
      </Table.Th>
      {[pair.a, pair.b].map((side) => (
        <Table.Td key={side.id} style={{ overflowWrap: "anywhere" }}>
          {cell(side)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
  const shown = TEXTS.filter((field) => pair.a[field] !== null || pair.b[field] !== null);
  return (
    <Box style={{ overflowX: "auto" }}>
      <Table layout="fixed" verticalSpacing={6} aria-label={t("duplicates.title")}>
        <colgroup>
          <col style={{ width: 96 }} />
          <col />
          <col />
        </colgroup>
        <Table.Tbody>
          {row("name", (side) => (
            <Person id={side.id} name={side.name} size={24} />
          ))}
          {shown.map((field) =>
            row(field, (side) => (
              <Text size="sm" {...(side[field] === null ? { c: "dimmed" } : {})}>
                {side[field] ?? "–"}
              </Text>
            )),
          )}
          {row("identifiers", (side) => (
            <Group gap={4}>
              {[...new Set(side.identifiers.map(({ type }) => type))].map((type) => (
                <Badge key={type} tt="none" variant="default" size="sm">
                  {typeName(type)}
                </Badge>
              ))}
            </Group>
          ))}
          {row("orders", (side) => (
            <Text size="sm">{side.orders}</Text>
          ))}
          {row("last_seen", (side) => (
            <When at={side.last_seen} size="xs" />
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
