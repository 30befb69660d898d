import { Accordion, Group, Image, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ListItem, ListSummary } from "../../../server/src/lists/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { profileListQuery, profileListsQuery } from "./queries.ts";

/** Her wish and shopping lists, her devices' among them; what is on one is read when it is opened. */
export function ListsCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const lists = useQuery(profileListsQuery(profileId));
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <Card title={t("profile.lists")}>
      <QueryView query={lists} height={48}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("profile.noLists")}
            </Text>
          ) : (
            <Accordion variant="default" value={openId} onChange={setOpenId} chevronPosition="left">
              {items.map((list) => (
                <Accordion.Item key={list.id} value={list.id}>
                  <Accordion.Control>
                    <ListHead list={list} />
                  </Accordion.Control>
                  <Accordion.Panel>
                    {openId === list.id && <Items profileId={profileId} listId={list.id} />}
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          )
        }
      </QueryView>
    </Card>
  );
}

function ListHead({ list }: { readonly list: ListSummary }) {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      <Text size="sm">{list.name ?? t(`profile.listKinds.${list.kind}`)}</Text>
      <Text size="xs" c="dimmed">
        {list.origin === "shopper" ? "" : `${t(`profile.listOrigins.${list.origin}`)} · `}
        {t("profile.onList", { count: list.count })}
      </Text>
    </Stack>
  );
}

function Items({ profileId, listId }: { readonly profileId: string; readonly listId: string }) {
  const list = useQuery(profileListQuery(profileId, listId));
  useLiveQueries({ topics: ["list"] }, [["profile", profileId, "lists", listId]]);
  return (
    <QueryView query={list} height={48}>
      {({ items }) => (
        <Stack gap="xs">
          {items.map((item) => (
            <Line key={item.id} item={item} />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}

function Line({ item }: { readonly item: ListItem }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const facts = [item.size, item.color].filter(Boolean).join(", ");
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Image src={item.image_url} alt="" w={40} h={40} radius="sm" />
      <Stack gap={0} miw={0} flex={1}>
        <TextLink to="/products/$id" params={{ id: item.product_id }} size="sm" c="var(--mantine-color-text)" truncate>
          {translated(item.titles, i18n.language, item.title)}
        </TextLink>
        <Text size="xs" c="dimmed">
          {facts} · {t("profile.left", { count: item.available })}
        </Text>
        {item.author.kind !== "shopper" && (
          <Text size="xs" c="dimmed">
            {t(`profile.listAuthors.${item.author.kind}`, { name: item.author.name ?? t("profile.listStaff") })}
          </Text>
        )}
        {item.note && <Text size="xs">{item.note}</Text>}
      </Stack>
      <Text size="sm" style={{ whiteSpace: "nowrap" }}>
        {item.quantity} × {format.money(item.price)}
      </Text>
    </Group>
  );
}
