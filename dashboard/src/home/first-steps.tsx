import { Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Copyable } from "../parts/copyable.tsx";
import { TextLink } from "../parts/link.tsx";
import type { Setup } from "../session/queries.ts";

/** An empty house: the key, one event, the snippet. The page turns into Home by itself when the first one arrives. */
export function FirstSteps({ setup }: { readonly setup: Setup }) {
  const { t } = useTranslation();
  const url = setup.public_url;
  const key = setup.write_key ?? "WRITE_KEY";
  const curl = `curl -u ${key}: ${url}/v1/track -H 'content-type: application/json' \\
  -d '{"userId":"42","event":"Product Viewed","properties":{"name":"Kilim","price":120,"currency":"EUR"}}'`;
  const snippet = `<script src="${url}/sdk/kilim.js" data-write-key="${key}"></script>
<script>
  kilim.page();
  kilim.track("Product Viewed", { name: "Kilim", price: 120, currency: "EUR" });
</script>`;
  const segment = `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${url}", path: "/v1/batch" });
analytics.track({ userId: "42", event: "Product Viewed" });`;
  return (
    <Stack maw={760}>
      <Text>{t("first.text")}</Text>
      <Step number={1} title={t("first.key")}>
        <Text size="sm" c="dimmed">
          {t("first.keyText")}
        </Text>
        <Copyable value={key} />
      </Step>
      <Step number={2} title={t("first.send")}>
        <Text size="sm" c="dimmed">
          {t("first.sendText")}
        </Text>
        <Copyable block value={curl} />
      </Step>
      <Step number={3} title={t("first.sdk")}>
        <Text size="sm" c="dimmed">
          {t("first.sdkText")}
        </Text>
        <Tabs defaultValue="browser">
          <Tabs.List mb="xs">
            <Tabs.Tab value="browser">{t("first.browser")}</Tabs.Tab>
            <Tabs.Tab value="segment">Segment (Node)</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="browser">
            <Copyable block value={snippet} />
          </Tabs.Panel>
          <Tabs.Panel value="segment">
            <Copyable block value={segment} />
          </Tabs.Panel>
        </Tabs>
        <TextLink to="/people" size="sm">
          {t("first.lookThere")}
        </TextLink>
      </Step>
    </Stack>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: React.ReactNode;
}

function Step({ number, title, children }: StepProps) {
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h3">
          {number}. {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
