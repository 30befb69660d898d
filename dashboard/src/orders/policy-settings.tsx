import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { OrderPolicy } from "../../../server/src/orders/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { errorAt } from "../parts/field-error.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { PostageFields, type PostageRule } from "./postage-fields.tsx";
import { orderPolicyQuery } from "./queries.ts";
import { RoutingFields } from "./routing-fields.tsx";

/** Numbers of the policy, by what they are about, each with the least and the most that the server takes. */
const GROUPS = {
  stores: { accept_minutes: [1, 10_080], prepare_minutes: [0, 10_080], pickup_moves_km: [0, 500] },
  pickUp: { reminder_hours: [1, 720], expiry_hours: [1, 1440] },
  returns: { return_days: [0, 3650], arrival_days: [0, 3650] },
} as const satisfies Record<string, Partial<Record<keyof OrderPolicy, readonly [number, number]>>>;

/** How orders are routed, promised, kept and taken back, and what their delivery costs. */
export function PolicySettings() {
  const policy = useQuery(orderPolicyQuery);
  return (
    <Stack maw={760}>
      <QueryView query={policy} height={420}>
        {(data) => <Form key={JSON.stringify(data)} saved={data} />}
      </QueryView>
    </Stack>
  );
}

function Form({ saved }: { readonly saved: OrderPolicy }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [policy, setPolicy] = useState(saved);
  const [rules, setRules] = useState<readonly PostageRule[]>(() =>
    saved.shipping.map((rule, key) => ({ ...rule, key })),
  );
  const save = useMutation({
    mutationFn: () =>
      call<OrderPolicy>("PUT", "/v1/order-policy", { ...policy, shipping: rules.map(({ key: _, ...rule }) => rule) }),
    onSuccess: (data) => {
      client.setQueryData(orderPolicyQuery.queryKey, data);
      announce(t("settings.saved"));
    },
  });
  return (
    <Card title={t("orderPolicy.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t("orderPolicy.intro")}
          </Text>
          {Object.entries(GROUPS).map(([group, fields]) => (
            <SimpleGrid key={group} cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
              {(Object.entries(fields) as [NumberField, readonly [number, number]][]).map(([field, [min, max]]) => (
                <NumberInput
                  key={field}
                  label={t(`orderPolicy.${field}`)}
                  description={t(`orderPolicy.${field}_text`)}
                  required
                  min={min}
                  max={max}
                  allowDecimal={field === "pickup_moves_km"}
                  error={errorAt(save.error, field)}
                  value={policy[field]}
                  onChange={(value) => setPolicy({ ...policy, [field]: Number(value) })}
                />
              ))}
            </SimpleGrid>
          ))}
          <Select
            label={t("orderPolicy.zone")}
            description={t("orderPolicy.zone_text")}
            required
            searchable
            allowDeselect={false}
            limit={50}
            error={errorAt(save.error, "zone")}
            data={[...new Set([policy.zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
            value={policy.zone}
            onChange={(zone) => zone && setPolicy({ ...policy, zone })}
          />
          <Section title={t("orderPolicy.routing")} text={t("orderPolicy.routing_text")}>
            <RoutingFields value={policy} error={save.error} onChange={(part) => setPolicy({ ...policy, ...part })} />
          </Section>
          <Section title={t("orderPolicy.postage")} text={t("orderPolicy.postage_text")}>
            <PostageFields rules={rules} error={save.error} onChange={setRules} />
          </Section>
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

interface SectionProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Section({ title, text, children }: SectionProps) {
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} fz="sm">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      {children}
    </Stack>
  );
}

type NumberField = { [G in keyof typeof GROUPS]: keyof (typeof GROUPS)[G] }[keyof typeof GROUPS];
