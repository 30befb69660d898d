import { Center, Container, SimpleGrid, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconUserHeart } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CustomerCard } from "./customer-card.tsx";
import { CustomerCart } from "./customer-cart.tsx";
import { useCustomerInFront } from "./customer-context.ts";
import { CustomerOrders } from "./customer-orders.tsx";
import { FindCustomer } from "./find-customer.tsx";
import { Timeline } from "./timeline.tsx";

/** The associate's view of the customer in front: everything of hers, from every channel. */
export function CustomersPage() {
  const { t } = useTranslation();
  const { customerId } = useCustomerInFront();
  if (!customerId) {
    return (
      <Container size="sm" p={0}>
        <Stack gap="xl">
          <VisuallyHidden component="h1">{t("nav.customers")}</VisuallyHidden>
          <FindCustomer />
          <Center>
            <Stack align="center" gap="xs" maw={420} py="xl">
              <IconUserHeart size={48} stroke={1.3} aria-hidden="true" />
              <Text ta="center" c="dimmed">
                {t("customer.teach")}
              </Text>
            </Stack>
          </Center>
        </Stack>
      </Container>
    );
  }
  return (
    <Container size="lg" p={0}>
      <Stack>
        <VisuallyHidden component="h1">{t("nav.customers")}</VisuallyHidden>
        <CustomerCard id={customerId} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Stack>
            <CustomerCart id={customerId} />
            <CustomerOrders id={customerId} />
          </Stack>
          <Timeline id={customerId} />
        </SimpleGrid>
      </Stack>
    </Container>
  );
}
