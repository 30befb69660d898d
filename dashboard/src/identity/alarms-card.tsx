import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { AlarmItem, RulesAnswer } from "../../../server/src/identity/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { alarmsQuery, editable, rulesQuery } from "./queries.ts";
import { useTypeName } from "./type-name.ts";

/** Identifiers that came with too many people and join nobody until somebody decides. */
export function AlarmsCard() {
  const { t } = useTranslation();
  const alarms = useQuery(alarmsQuery);
  return (
    <Card title={t("identity.alarms")}>
      <QueryView query={alarms} height={40}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("identity.noAlarms")}
            </Text>
          ) : (
            <Stack gap="md">
              {items.map((alarm) => (
                <Alarm key={alarm.id} alarm={alarm} />
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}

function Alarm({ alarm }: { readonly alarm: AlarmItem }) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const client = useQueryClient();
  const end = useMutation({
    async mutationFn(isBlocked: boolean) {
      if (isBlocked) {
        const rules = await client.fetchQuery({ ...rulesQuery, staleTime: 0 });
        const blocked = { ...rules.blocked, values: [...new Set([...rules.blocked.values, alarm.value])] };
        await call<RulesAnswer>("PUT", "/v1/identity/rules", {
          version: rules.version,
          rules: { ...editable(rules), blocked },
        });
      }
      await call<unknown>("POST", `/v1/identity/alarms/${alarm.id}/close`, {});
    },
    async onSuccess() {
      announce(t("identity.ended"));
      await client.invalidateQueries({ queryKey: ["identity"] });
    },
  });
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Stack gap={0} miw={0}>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            <b>{alarm.value}</b> ({typeName(alarm.type)}) {t("identity.alarmOf", { count: alarm.people })}
          </Text>
          <When at={alarm.at} size="xs" c="dimmed" />
        </Stack>
        <Group gap="xs">
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(false)}>
            {t("identity.endAlarm")}
          </Button>
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(true)}>
            {t("identity.blockIt")}
          </Button>
        </Group>
      </Group>
      {alarm.held_by ? (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t("identity.heldBy")}
          </Text>
          <Person id={alarm.held_by.id} name={alarm.held_by.name} size={22} />
        </Group>
      ) : null}
      {end.isError ? <ErrorNotice error={end.error} /> : null}
    </Stack>
  );
}
