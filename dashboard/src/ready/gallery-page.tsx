import { SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { rfmQuery, type Template, templatesQuery } from "./queries.ts";
import { TemplateCard } from "./template-card.tsx";

const GROUPS = ["value", "lifecycle", "channels", "intent", "taste"] as const;

/** Segments to start from, with the retailer's own values in them and how many people each would hold now. */
export function GalleryPage() {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery);
  return (
    <Page
      title={t("ready.title")}
      subtitle={t("ready.subtitle")}
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
    >
      <QueryView query={templates} height={600}>
        {({ items }) => (
          <Stack gap="xl">
            {GROUPS.map((group) => (
              <Section key={group} group={group} templates={items.filter((template) => template.group === group)} />
            ))}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Section({ group, templates }: { group: Template["group"]; templates: readonly Template[] }) {
  const { t } = useTranslation();
  return (
    <Stack component="section" gap="sm" aria-label={t(`ready.group.${group}.title`)}>
      <div>
        <Title order={2}>{t(`ready.group.${group}.title`)}</Title>
        <Text size="sm" c="dimmed">
          {t(`ready.group.${group}.text`)}{" "}
          {group === "value" ? (
            <TextLink to="/segments/rfm" size="sm" underline="always">
              {t("ready.toRfm")}
            </TextLink>
          ) : null}
        </Text>
        {group === "value" ? <NoScoresYet /> : null}
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="sm">
        {templates.map((template) => (
          <TemplateCard key={template.key} template={template} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Why nobody is in the segments by scores. */
function NoScoresYet() {
  const { t } = useTranslation();
  const { data } = useQuery(rfmQuery);
  if (data === undefined || data.version !== null) return null;
  return (
    <Text size="sm" fw={600} mt={4}>
      {t("rfm.empty")}. {t("rfm.emptyText", { count: data.fewest_people })}
    </Text>
  );
}
