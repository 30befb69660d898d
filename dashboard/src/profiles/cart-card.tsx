import { Box, Group, Image, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { profileCartQuery } from "./queries.ts";
import type { ProfileView } from "./wire.ts";

/** The one cart this person has on every channel, with what is left of each thing in it. */
export function CartCard({ profile }: { readonly profile: ProfileView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const cart = useQuery(profileCartQuery(profile.id));
  useLiveQueries({ topics: ["product"] }, [["profile", profile.id, "cart"]]);
  return (
    <Card
      title={t("profile.cart")}
      aside={cart.data?.updated_at ? <When at={cart.data.updated_at} size="xs" c="dimmed" /> : null}
    >
      <QueryView query={cart} height={48}>
        {(data) =>
          data.items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("profile.emptyCart")}
            </Text>
          ) : (
            <Stack gap="xs">
              {data.items.map((item) => (
                <Group key={item.variant_id} gap="xs" wrap="nowrap" align="flex-start">
                  {item.image_url ? <Image src={item.image_url} alt="" w={40} h={40} radius="sm" /> : null}
                  <Box miw={0} flex={1}>
                    <TextLink
                      to="/products/$id"
                      params={{ id: item.product_id }}
                      size="sm"
                      c="var(--mantine-color-text)"
                      truncate
                      display="block"
                    >
                      {translated(item.titles, i18n.language, item.title)}
                    </TextLink>
                    <Text size="xs" c="dimmed">
                      {[item.size, item.color].filter(Boolean).join(", ")} ·{" "}
                      {t("profile.left", { count: item.available })}
                    </Text>
                  </Box>
                  <Text size="sm" style={{ whiteSpace: "nowrap" }}>
                    {item.quantity} × {format.money(item.price)}
                  </Text>
                </Group>
              ))}
              <Group justify="space-between">
                <Text size="sm" fw={600}>
                  {t("profile.total")}
                </Text>
                <Text size="sm" fw={600}>
                  {format.money({ amount: data.total, currency: data.currency })}
                </Text>
              </Group>
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}
