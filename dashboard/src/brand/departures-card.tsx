import { Button, ColorSwatch, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Departure } from "../../../server/src/messages/contracts.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";

/** The colours and fonts of published templates and shared blocks that are not the kit's. */
export function DeparturesCard() {
  const { t } = useTranslation();
  const pages = usePages<Departure>(["brand", "departures"], "/v1/brand/departures");
  const items = itemsOf(pages.data);
  return (
    <Paper p="md" component="section" aria-label={t("brand.departures")}>
      <Stack gap="xs" align="flex-start">
        <Title order={2}>{t("brand.departures")}</Title>
        <Text size="sm" c="dimmed">
          {t("brand.departuresText")}
        </Text>
        {pages.isError ? <ErrorNotice error={pages.error} /> : null}
        {pages.isSuccess && items.length === 0 && !pages.hasNextPage ? <Text size="sm">{t("brand.none")}</Text> : null}
        {items.map((item) => (
          <Group key={`${item.template_id ?? item.block_id} ${item.language} ${item.value}`} gap="xs">
            {item.kind === "color" ? <ColorSwatch size={14} color={item.value} withShadow /> : null}
            <Text size="sm" ff="monospace">
              {item.value}
            </Text>
            <Place of={item} />
            <Text size="sm" c="dimmed">
              {item.language} · {t("brand.times", { count: item.times })} · {t("brand.nearest", { name: item.nearest })}
            </Text>
          </Group>
        ))}
        {pages.hasNextPage ? (
          <Button
            variant="default"
            size="sm"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("action.more")}
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
}

function Place({ of: { template_id: template, block_id: block, language, name } }: { readonly of: Departure }) {
  if (block !== null) {
    return (
      <TextLink to="/messages/blocks/$id" params={{ id: block }} size="sm">
        {name}
      </TextLink>
    );
  }
  return (
    <TextLink to="/messages/templates/$id" params={{ id: template ?? "" }} search={{ language }} size="sm">
      {name}
    </TextLink>
  );
}
