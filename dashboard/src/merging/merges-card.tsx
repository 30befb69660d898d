import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { MergeEntry, Separation } from "../../../server/src/merging/contracts.ts";
import { call } from "../api/http.ts";
import { humanise } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { mergesQuery, separationsQuery } from "./queries.ts";

const route = getRouteApi("/people/$id");

/** Who was merged into this person, by whom or by which identifiers; and whom she is kept apart from. Not there when nothing was. */
export function MergesCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const merges = useQuery(mergesQuery(profileId));
  const separations = useQuery(separationsQuery(profileId));
  const entries = merges.data?.items ?? [];
  const apart = separations.data?.items ?? [];
  if (entries.length === 0 && apart.length === 0) return null;
  return (
    <Card title={t("merging.card")}>
      <Stack gap="sm">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} profileId={profileId} />
        ))}
        {apart.length > 0 ? (
          <>
            <Divider label={t("merging.apart")} labelPosition="left" />
            {apart.map((one) => (
              <Apart key={one.profile_id} one={one} profileId={profileId} />
            ))}
          </>
        ) : null}
      </Stack>
    </Card>
  );
}

function Entry({ entry, profileId }: { readonly entry: MergeEntry; readonly profileId: string }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { kind, actor, identifiers, reason, from, into } = entry;
  const other = from === profileId ? into : from;
  const isAutomatic = actor === "pipeline";
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={550}>
          {t(`merging.kind.${kind}`, { id: other.slice(-6) })}
        </Text>
        <When at={entry.at} size="xs" c="dimmed" />
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {isAutomatic
          ? t("merging.byIdentifiers", {
              list: identifiers.map(({ type, value }) => `${humanise(type)} ${shortened(value)}`).join(", "),
            })
          : t("merging.byHand", { who: actor, why: reason })}
      </Text>
      {entry.can_separate ? (
        <Button
          size="compact-xs"
          variant="default"
          mt={4}
          onClick={() =>
            void navigate({ search: (now) => ({ ...now, action: "separate", with: from }), replace: true })
          }
        >
          {t("merging.separate")}
        </Button>
      ) : null}
    </div>
  );
}

function Apart({ one, profileId }: { readonly one: Separation; readonly profileId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const allow = useMutation({
    mutationFn: () => call<unknown>("POST", "/v1/profiles/allow-merge", { profile: profileId, other: one.profile_id }),
    onSuccess: async () => {
      announce(t("merging.allowed"));
      await client.invalidateQueries({ queryKey: ["profile", profileId] });
    },
    onError: (error) => announce(`${t("notice.failed")} ${error.message}`),
  });
  return (
    <Group justify="space-between" gap="xs">
      <TextLink to="/people/$id" params={{ id: one.profile_id }} size="sm" truncate>
        {one.name ?? t("people.visitor", { id: one.profile_id.slice(-6) })}
      </TextLink>
      <Button size="compact-xs" variant="default" loading={allow.isPending} onClick={() => allow.mutate()}>
        {t("merging.allow")}
      </Button>
    </Group>
  );
}

function shortened(value: string): string {
  return value.length > 40 ? `…${value.slice(-12)}` : value;
}
