import { MultiSelect, Select, SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { OrderPolicy } from "../../../server/src/orders/contracts.ts";
import { errorAt } from "../parts/field-error.ts";
import { locationsQuery } from "../stock/queries.ts";

const RULES = ["fewest_parcels", "nearest", "priority"] as const;
type Routing = Pick<OrderPolicy, "route_by" | "closed_locations">;

interface RoutingFieldsProps {
  readonly value: Routing;
  readonly error: unknown;
  readonly onChange: (part: Partial<Routing>) => void;
}

/** Which places an order is taken from: rules in their order, each for what the one before leaves open. */
export function RoutingFields({ value, error, onChange }: RoutingFieldsProps) {
  const { t } = useTranslation();
  const locations = useQuery(locationsQuery).data?.items ?? [];
  const { route_by: chosen, closed_locations: closed } = value;
  const known = new Set(locations.map(({ id }) => id));
  const names = [
    ...locations.map(({ id, name }) => ({ value: id, label: name })),
    ...closed.flatMap((id) => (known.has(id) ? [] : [{ value: id, label: id }])),
  ];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" verticalSpacing="sm">
        {RULES.slice(0, chosen.length + 1).map((step, i) => {
          const taken = chosen.toSpliced(i, 1);
          return (
            <Select
              key={step}
              label={t(i === 0 ? "orderPolicy.route_first" : "orderPolicy.route_then")}
              clearable
              placeholder={t("orderPolicy.route_none")}
              error={errorAt(error, `route_by.${i}`) ?? (i === 0 ? errorAt(error, "route_by") : undefined)}
              data={RULES.filter((rule) => !taken.includes(rule)).map((rule) => ({
                value: rule,
                label: t(`orderPolicy.route_by.${rule}`),
              }))}
              value={chosen[i] ?? null}
              onChange={(rule) => onChange({ route_by: chosen.toSpliced(i, 1, ...(rule ? [rule] : [])) })}
            />
          );
        })}
      </SimpleGrid>
      <MultiSelect
        label={t("orderPolicy.closed_locations")}
        description={t("orderPolicy.closed_locations_text")}
        searchable
        error={closed.map((_, i) => errorAt(error, `closed_locations.${i}`)).find(Boolean)}
        data={names}
        value={[...closed]}
        onChange={(ids) => onChange({ closed_locations: ids })}
      />
    </>
  );
}
