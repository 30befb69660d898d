import { ActionIcon, Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isMissing } from "../api/ask.ts";
import { Failure } from "../shell/failure.tsx";
import classes from "./customer-card.module.css";
import { useCustomerInFront } from "./customer-context.ts";
import { CustomerFacts } from "./customer-facts.tsx";
import { emailOf, nameOf } from "./name-of.ts";
import { customerQuery } from "./queries.ts";

/** Who stands in front: her name, and what helps in the next minute. */
export function CustomerCard({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { setCustomerId } = useCustomerInFront();
  const customer = useQuery(customerQuery(id));
  if (isMissing(customer.error)) return <Text>{t("customer.nobody")}</Text>;
  if (customer.isError) return <Failure error={customer.error} retry={customer.refetch} />;
  if (!customer.data) return <Card mih={132} />;
  const name = nameOf(customer.data) ?? t("customer.unnamed");
  const email = emailOf(customer.data);
  return (
    <Card data-testid="customer-card">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div className={classes.who}>
            <Title order={2}>{name}</Title>
            {email && email !== name && <Text c="dimmed">{email}</Text>}
          </div>
          <ActionIcon flex="none" aria-label={t("customer.close")} onClick={() => setCustomerId(null)}>
            <IconX />
          </ActionIcon>
        </Group>
        <CustomerFacts customer={customer.data} />
        {customer.data.segments.length > 0 && (
          <Group gap={6}>
            {customer.data.segments.map((segment) => (
              <Badge key={segment.id}>{segment.name}</Badge>
            ))}
          </Group>
        )}
      </Stack>
    </Card>
  );
}
