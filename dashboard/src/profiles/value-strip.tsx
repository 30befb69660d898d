import { Paper, SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { When } from "../parts/when.tsx";
import { moneyOf } from "./money-of.ts";
import type { ProfileView } from "./wire.ts";

/** The few numbers that say who this is for the house. */
export function ValueStrip({ computed }: { readonly computed: ProfileView["computed"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <Paper p="md">
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="md">
        <Fact title={t("profile.orders")}>{format.number(computed.orders)}</Fact>
        <Fact title={t("profile.revenue")}>{format.money(moneyOf(computed.revenue, computed.currency))}</Fact>
        <Fact title={t("profile.lastOrder")}>
          <When at={computed.last_order_at} fw={600} size="md" />
        </Fact>
        <Fact title={t("profile.preferredChannel")}>
          {computed.preferred_channel ? label("channel", computed.preferred_channel) : "–"}
        </Fact>
        <Fact title={t("profile.lastCategory")}>{computed.last_category ?? "–"}</Fact>
        <Fact title={t("profile.sizes")}>
          {Object.entries(computed.sizes)
            .map(([kind, size]) => `${kind} ${size}`)
            .join(", ") || "–"}
        </Fact>
      </SimpleGrid>
    </Paper>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Text component="div" fw={600} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  );
}
