import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ProductPreview } from "../../../server/src/catalog/contracts.ts";
import { useFormat } from "../i18n/format.ts";

const MOST_REFUSED = 5;
const MOST_EXAMPLES = 5;

interface RefusedProps {
  readonly data: Pick<ProductPreview, "tried" | "problems">;
}

/** The first rows that would not be taken. */
export function Refused({ data: { tried, problems } }: RefusedProps) {
  const { t } = useTranslation();
  const shown = problems.slice(0, MOST_REFUSED);
  const more = tried.rejected - shown.length;
  const wordsOf = ({ code, message, first_row }: ProductPreview["problems"][number]) =>
    t(`catalogue.problems.${code}`, { defaultValue: message, first_row });
  return (
    <>
      {shown.map((problem) => (
        <Text key={problem.row} size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          {[problem.row, problem.column, wordsOf(problem), problem.value].filter(Boolean).join(" · ")}
        </Text>
      ))}
      {more > 0 ? (
        <Text size="sm" c="dimmed">
          {t("catalogue.moreRefused", { count: more })}
        </Text>
      ) : null}
    </>
  );
}

/** What the first rows would become. */
export function Examples({ rows }: { readonly rows: ProductPreview["examples"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t("catalogue.becomes")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("catalogue.becomes")}</Table.Th>
            <Table.Th>{t("catalogue.category")}</Table.Th>
            <Table.Th ta="end">{t("catalogue.price")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, MOST_EXAMPLES).map(({ row, title, group, sku, size, color, category, price }) => (
            <Table.Tr key={row}>
              <Table.Td>
                <Text size="sm" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
                  {title ?? group ?? sku}
                </Text>
                <Text size="xs" c="dimmed">
                  {[sku, size, color].filter(Boolean).join(" · ")}
                </Text>
              </Table.Td>
              <Table.Td>{category}</Table.Td>
              <Table.Td ta="end">{price ? format.money(price) : null}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
