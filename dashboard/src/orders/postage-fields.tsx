import { ActionIcon, Button, Group, MultiSelect, Paper, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { OrderPolicy } from "../../../server/src/orders/contracts.ts";
import { countries } from "../i18n/countries.ts";
import { errorAt } from "../parts/field-error.ts";
import { MoneyInput, sameFigure } from "../parts/money-input.tsx";

export type PostageRule = OrderPolicy["shipping"][number] & { readonly key: number };

interface PostageFieldsProps {
  readonly rules: readonly PostageRule[];
  readonly error: unknown;
  readonly onChange: (rules: readonly PostageRule[]) => void;
}

/** What a delivery costs: of these rules the first that fits. */
export function PostageFields({ rules, error, onChange }: PostageFieldsProps) {
  const { t, i18n } = useTranslation();
  const known = useMemo(() => countries(i18n.language), [i18n.language]);
  const change = (i: number, part: Partial<PostageRule>) =>
    onChange(rules.map((rule, at) => (at === i ? { ...rule, ...part } : rule)));
  const raise = (i: number, rule: PostageRule) => onChange(rules.toSpliced(i, 1).toSpliced(i - 1, 0, rule));
  const add = () => {
    const key = 1 + Math.max(-1, ...rules.map((rule) => rule.key));
    const currency = rules.at(-1)?.currency ?? "EUR";
    onChange([...rules, { key, currency, countries: [], price: 0, free_from: null }]);
  };
  return (
    <Stack gap="sm">
      {rules.map((rule, i) => (
        <Paper key={rule.key} p="sm" component="fieldset" m={0} aria-label={t("orderPolicy.rule", { n: i + 1 })}>
          <Stack gap="sm">
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" fw={550}>
                {t("orderPolicy.rule", { n: i + 1 })}
              </Text>
              <Group gap={4} wrap="nowrap">
                {i > 0 ? (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={t("orderPolicy.ruleUp", { n: i + 1 })}
                    onClick={() => raise(i, rule)}
                  >
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                ) : null}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t("orderPolicy.ruleDrop", { n: i + 1 })}
                  onClick={() => onChange(rules.toSpliced(i, 1))}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
            <MultiSelect
              label={t("orderPolicy.countries")}
              placeholder={rule.countries.length === 0 ? t("orderPolicy.everywhere") : ""}
              searchable
              error={
                errorAt(error, `shipping.${i}.countries`) ??
                rule.countries.map((_, at) => errorAt(error, `shipping.${i}.countries.${at}`)).find(Boolean)
              }
              data={[...known, ...unknownTo(known, rule.countries)]}
              value={[...rule.countries]}
              onChange={(chosen) => change(i, { countries: chosen })}
            />
            <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
              <TextInput
                label={t("orderPolicy.currency")}
                required
                maxLength={3}
                error={errorAt(error, `shipping.${i}.currency`)}
                value={rule.currency}
                onChange={(event) => change(i, inCurrency(rule, event.currentTarget.value.toUpperCase()))}
              />
              <MoneyInput
                label={t("orderPolicy.price")}
                required
                currency={rule.currency}
                error={errorAt(error, `shipping.${i}.price`)}
                value={rule.price}
                onChange={(price) => change(i, { price: price ?? 0 })}
              />
              <MoneyInput
                label={t("orderPolicy.free_from")}
                currency={rule.currency}
                error={errorAt(error, `shipping.${i}.free_from`)}
                value={rule.free_from}
                onChange={(free_from) => change(i, { free_from })}
              />
            </SimpleGrid>
          </Stack>
        </Paper>
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t("orderPolicy.ruleAdd")}
        </Button>
      </div>
    </Stack>
  );
}

function inCurrency({ currency, price, free_from }: PostageRule, next: string) {
  return {
    currency: next,
    price: sameFigure(price, currency, next),
    free_from: free_from === null ? null : sameFigure(free_from, currency, next),
  };
}

/** Codes that the api has set and no list of countries knows are kept. */
function unknownTo(known: readonly { readonly value: string }[], codes: readonly string[]) {
  const values = new Set(known.map(({ value }) => value));
  return codes.flatMap((code) => (values.has(code) ? [] : [{ value: code, label: code }]));
}
