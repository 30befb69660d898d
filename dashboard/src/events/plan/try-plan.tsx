import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { JsonSchema, Trial } from "../../../../server/src/plan/contracts.ts";
import { call } from "../../api/http.ts";
import { TextLink } from "../../parts/link.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { planPath } from "./queries.ts";

const SHOWN = 8;

/** What the schema would have said of the newest events, before it holds. */
export function TryPlan({ name, schema }: { readonly name: string; readonly schema: JsonSchema }) {
  const { t } = useTranslation();
  const { reset, ...tried } = useMutation({
    mutationFn: () => call<Trial>("POST", `${planPath(name)}/try`, { schema }),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another schema makes the answer old
  useEffect(reset, [schema]);
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button size="compact-sm" variant="default" loading={tried.isPending} onClick={() => tried.mutate()}>
          {t("plan.try")}
        </Button>
        {tried.data ? (
          <Text size="sm" role="status">
            {tried.data.checked === 0
              ? t("plan.triedNothing")
              : t("plan.tried", { checked: tried.data.checked, broken: tried.data.broken })}
          </Text>
        ) : null}
      </Group>
      {tried.isError ? <ErrorNotice error={tried.error} /> : null}
      {tried.data?.faults.slice(0, SHOWN).map((fault) => (
        <Text size="sm" key={`${fault.path} ${fault.rule}`} style={{ overflowWrap: "anywhere" }}>
          {fault.n} × <Code>{fault.path}</Code> {fault.message}{" "}
          <TextLink underline="always" to="/events" search={{ identifier: fault.message_id }} size="sm">
            {t("plan.example")}
          </TextLink>
        </Text>
      ))}
    </Stack>
  );
}
