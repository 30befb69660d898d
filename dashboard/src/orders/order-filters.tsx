import { Group, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

const STATES = ["placed", "completed", "cancelled"] as const;
const PAYMENTS = ["pending", "paid", "partially_refunded", "refunded", "failed", "voided"] as const;
const GOODS = ["unfulfilled", "partially_fulfilled", "fulfilled", "cancelled"] as const;
const CHANNELS = ["web", "app", "kiosk", "store"] as const;

export interface OrderFilter {
  readonly state?: (typeof STATES)[number] | undefined;
  readonly payment?: (typeof PAYMENTS)[number] | undefined;
  readonly fulfilment?: (typeof GOODS)[number] | undefined;
  readonly channel?: (typeof CHANNELS)[number] | undefined;
  readonly number?: string | undefined;
}

interface OrderFiltersProps {
  readonly filter: OrderFilter;
  readonly onChange: (filter: OrderFilter) => void;
}

/** The axes of an order, each by itself; the choice stands in the address. */
export function OrderFilters({ filter, onChange }: OrderFiltersProps) {
  const { t } = useTranslation();
  const set = (change: OrderFilter) => onChange({ ...filter, ...change });
  return (
    <Group gap="xs">
      <Select
        aria-label={t("orderBook.state")}
        placeholder={t("orderBook.anyState")}
        clearable
        w={170}
        value={filter.state ?? null}
        data={STATES.map((value) => ({ value, label: t(`orderBook.states.${value}`) }))}
        onChange={(value) => set({ state: STATES.find((one) => one === value) })}
      />
      <Select
        aria-label={t("orderBook.payment")}
        placeholder={t("orderBook.anyPayment")}
        clearable
        w={190}
        value={filter.payment ?? null}
        data={PAYMENTS.map((value) => ({ value, label: t(`orderBook.payments.${value}`) }))}
        onChange={(value) => set({ payment: PAYMENTS.find((one) => one === value) })}
      />
      <Select
        aria-label={t("orderBook.fulfilment")}
        placeholder={t("orderBook.anyFulfilment")}
        clearable
        w={200}
        value={filter.fulfilment ?? null}
        data={GOODS.map((value) => ({ value, label: t(`orderBook.goods.${value}`) }))}
        onChange={(value) => set({ fulfilment: GOODS.find((one) => one === value) })}
      />
      <Select
        aria-label={t("orders.channel")}
        placeholder={t("orderBook.anyChannel")}
        clearable
        w={150}
        value={filter.channel ?? null}
        data={CHANNELS.map((value) => ({ value, label: t(`label.channel.${value}`) }))}
        onChange={(value) => set({ channel: CHANNELS.find((one) => one === value) })}
      />
      <TextInput
        aria-label={t("orderBook.number")}
        placeholder={t("orderBook.number")}
        data-search
        w={160}
        defaultValue={filter.number ?? ""}
        onChange={(event) => set({ number: event.currentTarget.value.trim() || undefined })}
      />
    </Group>
  );
}
