import { Alert, Button, Group, Text } from "@mantine/core";
import { IconCloudOff, IconHourglass } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useReachable } from "./reachable.ts";
import { useSales } from "./use-sales.ts";

/** Says when the network is away and what waits for it; nothing while all is well. */
export function Connection() {
  const { t } = useTranslation();
  const isReachable = useReachable();
  const sales = useSales();
  const waiting = sales.filter((sale) => sale.state === "waiting").length;
  const refused = sales.filter((sale) => sale.state === "refused").length;
  if (isReachable && waiting + refused === 0) return null;
  const Icon = isReachable ? IconHourglass : IconCloudOff;
  return (
    <Alert
      mb="md"
      role="status"
      data-testid="connection"
      color={refused > 0 ? "red" : "yellow"}
      icon={<Icon aria-hidden="true" />}
      title={t(isReachable ? "offline.catchingUp" : "offline.away")}
    >
      <Group justify="space-between">
        <Text>
          {[
            isReachable ? null : t("offline.goOn"),
            waiting > 0 ? t("offline.waiting", { count: waiting }) : null,
            refused > 0 ? t("offline.refused", { count: refused }) : null,
          ]
            .filter(Boolean)
            .join(" ")}
        </Text>
        {waiting + refused > 0 && (
          <Button component={Link} to="/sales" variant="default" size="md">
            {t("offline.look")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
