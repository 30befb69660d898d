import { Checkbox, Group, MultiSelect, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { segmentsQuery } from "../segments/queries.ts";
import type { EndpointBody } from "./queries.ts";
import { TYPES, useWebhookWords } from "./words.ts";

interface EndpointFormProps {
  readonly body: EndpointBody;
  readonly onChange: (body: EndpointBody) => void;
  readonly onSubmit: () => void;
  /** What was refused, and the buttons. */
  readonly children: ReactNode;
}

/** Where the messages go, and about what. */
export function EndpointForm({ body, onChange, onSubmit, children }: EndpointFormProps) {
  const { t } = useTranslation();
  const words = useWebhookWords();
  const segments = useQuery(segmentsQuery);
  const change = (part: Partial<EndpointBody>) => onChange({ ...body, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("webhooks.url")}
          description={body.url.startsWith("http://") ? t("webhooks.notSecret") : t("webhooks.urlText")}
          placeholder="https://crm.example.com/kilim"
          type="url"
          required
          data-autofocus
          maxLength={2000}
          value={body.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <TextInput
          label={t("webhooks.description")}
          maxLength={200}
          value={body.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={t("webhooks.hears")}
          value={[...body.types]}
          onChange={(chosen) => change({ types: TYPES.filter((type) => chosen.includes(type)) })}
        >
          <Stack gap="xs" mt={4}>
            {TYPES.map((type) => (
              <Checkbox key={type} value={type} label={words.type(type)} description={type} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {t("webhooks.ofSegments")}
          </Text>
          <Group>
            <SegmentedControl
              aria-label={t("webhooks.ofSegments")}
              value={body.segment_ids === null ? "all" : "some"}
              data={[
                { value: "all", label: t("webhooks.allSegments") },
                { value: "some", label: t("webhooks.someSegments") },
              ]}
              onChange={(value) => change({ segment_ids: value === "all" ? null : [] })}
            />
          </Group>
          {body.segment_ids === null ? null : (
            <MultiSelect
              aria-label={t("webhooks.someSegments")}
              placeholder={body.segment_ids.length === 0 ? t("webhooks.chooseSegments") : ""}
              searchable
              maxValues={100}
              data={segments.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={[...body.segment_ids]}
              onChange={(segment_ids) => change({ segment_ids })}
            />
          )}
        </Stack>
        {children}
      </Stack>
    </form>
  );
}

/** Whether there is enough to be saved. */
export function isComplete({ url, types, segment_ids }: EndpointBody): boolean {
  return url.trim() !== "" && types.length > 0 && segment_ids?.length !== 0;
}
