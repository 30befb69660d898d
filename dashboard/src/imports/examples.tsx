import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { PreviewView } from "../../../server/src/imports/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { JsonView } from "../parts/json-view.tsx";

const SHOWN = 2;

/** What the first rows would become. */
export function Examples({ examples }: { readonly examples: PreviewView["examples"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (examples.length === 0) return null;
  return (
    <Card title={t("imports.examples")}>
      {examples.slice(0, SHOWN).map(({ row, events }) => (
        <Stack gap={4} key={row}>
          <Text size="xs" c="dimmed">
            {t("imports.rowNumber", { row: format.number(row) })}
          </Text>
          {events.map((event) => (
            <JsonView key={`${String(event.name)} ${JSON.stringify(event).length}`} value={event} />
          ))}
        </Stack>
      ))}
    </Card>
  );
}
