import { Fieldset, NumberInput, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import type { Order, Returnable } from "./queries.ts";
import { CONDITIONS, type Counted, piecesOf } from "./taken.ts";

interface TakenLineProps {
  readonly order: Order;
  readonly line: Returnable["items"][number];
  readonly counted: Counted;
  readonly onChange: (counted: Counted) => void;
}

export function TakenLine({ order, line, counted, onChange }: TakenLineProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const bought = order.lines.find(({ position }) => position === line.position);
  if (!bought) return null;
  const title = [translated(bought.titles, i18n.language, bought.title), bought.size, bought.color];
  const facts = [
    t("orderReturns.most", { count: line.quantity }),
    line.until === null
      ? null
      : t(line.is_over ? "orderReturns.over" : "orderReturns.until", { day: format.until(line.until) }),
    line.is_over && line.in_time > 0 ? t("orderReturns.inTime", { count: line.in_time }) : null,
  ];
  const isTooMany = piecesOf(counted) > line.quantity;
  return (
    <Fieldset legend={title.filter(Boolean).join(" · ")} data-testid={`taken-${line.position}`}>
      <Text size="xs" c="dimmed" mb="xs">
        {facts.filter(Boolean).join(" · ")}
      </Text>
      <SimpleGrid cols={3} spacing="xs">
        {CONDITIONS.map((condition) => (
          <NumberInput
            key={condition}
            label={t(`orderReturns.conditions.${condition}`)}
            min={0}
            max={999}
            allowDecimal={false}
            error={isTooMany && counted[condition] > 0}
            value={counted[condition]}
            onChange={(value) => onChange({ ...counted, [condition]: Number(value) })}
          />
        ))}
      </SimpleGrid>
      {isTooMany ? (
        <Text size="xs" c="red" mt="xs" role="alert">
          {t("orderReturns.tooMany", { count: line.quantity })}
        </Text>
      ) : null}
    </Fieldset>
  );
}
