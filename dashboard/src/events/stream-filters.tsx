import { Select, SimpleGrid, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { StreamQuery } from "../../../server/src/debugger/contracts.ts";
import { keysQuery } from "../settings/queries.ts";

const route = getRouteApi("/events");
const EVENT_TYPES = ["track", "identify", "page", "screen", "group", "alias"] as const;
const OUTCOMES = ["accepted", "rejected", "quarantined"] as const satisfies readonly StreamQuery["outcome"][];

/** Filters of the stream; all of them stand in the address. */
export function StreamFilters() {
  const { t } = useTranslation();
  const { outcome, source, type } = route.useSearch();
  const navigate = route.useNavigate();
  const keys = useQuery(keysQuery);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="xs" verticalSpacing="xs">
      <Select
        label={t("events.outcome")}
        placeholder={t("events.all")}
        clearable
        value={outcome ?? null}
        data={OUTCOMES.map((value) => ({ value, label: t(`events.outcomes.${value}`) }))}
        onChange={(value) =>
          void navigate({
            search: (now) => ({ ...now, outcome: OUTCOMES.find((one) => one === value) }),
            replace: true,
          })
        }
      />
      <Select
        label={t("events.source")}
        placeholder={t("events.all")}
        clearable
        value={source ?? null}
        data={(keys.data?.items ?? []).map((key) => ({ value: key.id, label: key.name }))}
        onChange={(value) =>
          void navigate({ search: (now) => ({ ...now, source: value ?? undefined }), replace: true })
        }
      />
      <Select
        label={t("events.type")}
        placeholder={t("events.all")}
        clearable
        value={type ?? null}
        data={[...EVENT_TYPES]}
        onChange={(value) =>
          void navigate({
            search: (now) => ({ ...now, type: EVENT_TYPES.find((one) => one === value) }),
            replace: true,
          })
        }
      />
      <TextFilter of="name" />
      <TextFilter of="identifier" />
    </SimpleGrid>
  );
}

function TextFilter({ of }: { readonly of: "name" | "identifier" }) {
  const { t } = useTranslation();
  const given = route.useSearch()[of] ?? "";
  const navigate = route.useNavigate();
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const search = useDebouncedCallback((value: string) => {
    void navigate({ search: (now) => ({ ...now, [of]: value.trim() || undefined }), replace: true });
  }, 300);
  return (
    <TextInput
      {...(of === "identifier" ? { "data-search": true } : {})}
      label={t(`events.${of}`)}
      placeholder={t(`events.${of}Hint`)}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
