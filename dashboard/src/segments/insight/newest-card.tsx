import { Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../../api/paged.ts";
import { Card } from "../../parts/card.tsx";
import { TextLink } from "../../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../../parts/notices.tsx";
import { Person } from "../../parts/person.tsx";
import { When } from "../../parts/when.tsx";
import type { Member, Segment } from "../queries.ts";

const SHOWN = 10;

/** Ten real people of it: those who came in last. */
export function NewestCard({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const members = usePages<Member>(["segments", segment.id, "newest"], `/v1/segments/${segment.id}/members`, {
    limit: SHOWN,
  });
  const people = itemsOf(members.data).slice(0, SHOWN);
  return (
    <Card
      title={t("segmentPage.newest")}
      aside={
        people.length > 0 ? (
          <TextLink to="/segments/$id" params={{ id: segment.id }} search={{ tab: "people" }} size="sm">
            {t("segmentPage.all")}
          </TextLink>
        ) : null
      }
    >
      {members.isError && people.length === 0 ? <ErrorNotice error={members.error} /> : null}
      {members.data && people.length === 0 ? (
        <EmptyNotice title={t("segments.noMembers")}>{t("segments.noMembersText")}</EmptyNotice>
      ) : null}
      <Stack gap="xs">
        {people.map((member) => (
          <Group key={member.profile_id} justify="space-between" gap="xs" wrap="nowrap">
            <Person id={member.profile_id} name={member.name} detail={member.email} />
            <When at={member.entered_at} size="xs" c="dimmed" />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
