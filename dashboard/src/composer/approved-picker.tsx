import { Select, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ApprovedTemplates, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { get } from "../api/http.ts";

type Written = Extract<WrittenOf<"whatsapp">, { kind: "template" }>;
type Approved = ApprovedTemplates["items"][number];

const approvedQuery = queryOptions({
  queryKey: ["channels", "whatsapp", "templates"],
  queryFn: () => get<ApprovedTemplates>("/v1/channels/whatsapp/templates"),
  retry: false,
  staleTime: 60_000,
});

interface PickerProps {
  readonly value: Written;
  onChange(next: Written): void;
}

/** Templates as Meta has approved them; where it does not say, name and language are written by hand. */
export function ApprovedPicker({ value, onChange }: PickerProps) {
  const { t } = useTranslation();
  const approved = useQuery(approvedQuery);
  if (approved.isError)
    return (
      <Text size="xs" c="dimmed">
        {t("composer.whatsapp.notListed")}
      </Text>
    );
  const items = approved.data?.items ?? [];
  const chosen = items.find(({ name, language }) => name === value.name && language === value.language);
  return (
    <Select
      label={t("composer.whatsapp.approved")}
      description={chosen?.body}
      placeholder={t("composer.whatsapp.choose")}
      searchable
      data={items.map((one) => ({ value: keyOf(one), label: `${one.name} · ${one.language}` }))}
      value={chosen ? keyOf(chosen) : null}
      onChange={(key) => {
        const next = items.find((one) => keyOf(one) === key);
        if (next) onChange(take(value, next));
      }}
    />
  );
}

function keyOf({ name, language }: Pick<Approved, "name" | "language">): string {
  return `${name} ${language}`;
}

/** As many values as it takes: those that are written stay in their places. */
function take(value: Written, { name, language, body, values, url_buttons }: Approved): Written {
  const { header: _, ...rest } = value;
  return {
    ...rest,
    name,
    language,
    shown: body,
    body: Array.from({ length: values }, (_, at) => value.body[at] ?? ""),
    buttons: url_buttons.map(
      (index) => value.buttons.find((one) => one.index === index) ?? { type: "url", index, value: "" },
    ),
  };
}
