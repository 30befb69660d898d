import { Button, Group, Stack, Switch, Text, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { ConsentHistory } from "./consent-history.tsx";
import { profileQuery } from "./queries.ts";
import type { ProfileView } from "./wire.ts";

interface Choice {
  readonly channel: string;
  readonly purpose: string;
  readonly granted: boolean;
}

/** What may be sent, with when and where the person said so. E-mail marketing always has its line. */
export function ConsentCard({ profile }: { readonly profile: ProfileView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const [isShown, setShown] = useState(false);
  const { queryKey } = profileQuery(profile.id);
  const change = useMutation({
    mutationFn: ({ channel, purpose, granted }: Choice) =>
      call<unknown>("PUT", `/v1/profiles/${encodeURIComponent(profile.id)}/consent`, {
        channel,
        purpose,
        state: granted ? "granted" : "denied",
        source: "dashboard",
        wording: t("profile.consentWording"),
      }),
    onMutate: ({ channel, purpose, granted }) => {
      const before = client.getQueryData<ProfileView>(queryKey);
      if (before) {
        const entry = {
          state: granted ? "granted" : "denied",
          at: new Date().toISOString(),
          source: "dashboard",
        } as const;
        const consent = { ...before.consent, [channel]: { ...before.consent[channel], [purpose]: entry } };
        client.setQueryData(queryKey, { ...before, consent });
      }
      return before;
    },
    // The change is an event like any other: the live notice after its fold loads the profile again.
    onError: (_error, _choice, before) => client.setQueryData(queryKey, before),
  });

  const known = Object.entries(profile.consent).flatMap(([channel, purposes]) =>
    Object.entries(purposes).map(([purpose, entry]) => ({ channel, purpose, entry: entry as typeof entry | null })),
  );
  const lines = known.some((line) => line.channel === "email" && line.purpose === "marketing")
    ? known
    : [{ channel: "email", purpose: "marketing", entry: null }, ...known];
  return (
    <Card
      title={t("profile.consent")}
      aside={
        <Button size="compact-sm" variant="subtle" onClick={() => setShown(true)}>
          {t("profile.consentHistory")}
        </Button>
      }
    >
      {isShown ? <ConsentHistory profileId={profile.id} onClose={() => setShown(false)} /> : null}
      <Stack gap="sm">
        {lines.map(({ channel, purpose, entry }) => (
          <Group key={`${channel}:${purpose}`} justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text size="sm">
                {label("channel", channel)} ·{" "}
                {purpose === "transactional" || purpose === "marketing" ? t(`messages.${purpose}`) : humanise(purpose)}
              </Text>
              {entry ? (
                <Tooltip label={entry.wording ?? t("profile.noWording")}>
                  <Text size="xs" c="dimmed">
                    {t(entry.state === "granted" ? "profile.granted" : "profile.denied")} ·{" "}
                    <When at={entry.at} size="xs" /> · {entry.source}
                  </Text>
                </Tooltip>
              ) : (
                <Text size="xs" c="dimmed">
                  {t("profile.neverAsked")}
                </Text>
              )}
            </div>
            <Switch
              checked={entry?.state === "granted"}
              onChange={(event) => change.mutate({ channel, purpose, granted: event.currentTarget.checked })}
              aria-label={`${label("channel", channel)} ${purpose}`}
            />
          </Group>
        ))}
        {change.isError ? <ErrorNotice error={change.error} /> : null}
      </Stack>
    </Card>
  );
}
