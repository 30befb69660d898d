import { Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { toDraft } from "../segments/draft.ts";
import type { Rfm } from "./queries.ts";

/** The named groups with their people; each name leads to a segment of them. */
export function RfmGroups({ rfm }: { readonly rfm: Rfm }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = Math.max(
    1,
    rfm.groups.reduce((sum, group) => sum + group.people, 0),
  );
  return (
    <Card title={t("rfm.groups")}>
      <Stack gap="sm">
        {rfm.groups.map((group) => {
          const name = t(`ready.template.${group.name}.name`);
          return (
            <div key={group.name}>
              <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
                <TextLink to="/segments/new" search={toDraft(name, { rfm: group.name })} size="sm" fw={600}>
                  {name}
                </TextLink>
                <Text size="sm" style={{ whiteSpace: "nowrap" }}>
                  {format.number(group.people)} · {format.percent(group.people / all)}
                </Text>
              </Group>
              <Text size="xs" c="dimmed">
                {t(`ready.template.${group.name}.text`)}
              </Text>
              <Progress value={(group.people / all) * 100} size={4} mt={4} aria-hidden />
            </div>
          );
        })}
      </Stack>
    </Card>
  );
}
