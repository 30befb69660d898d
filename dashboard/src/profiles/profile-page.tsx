import { Box, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { MergesCard } from "../merging/merges-card.tsx";
import { MessageDrawer } from "../messages/message-drawer.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { PersonAvatar } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { CartCard } from "./cart-card.tsx";
import { ConsentCard } from "./consent-card.tsx";
import { IdentityCard } from "./identity-card.tsx";
import { JourneysCard } from "./journeys-card.tsx";
import { ListsCard } from "./lists-card.tsx";
import { MessagesCard } from "./messages-card.tsx";
import { nameOf } from "./name-of.ts";
import { OrdersCard } from "./orders-card.tsx";
import { PersonActions } from "./person-actions.tsx";
import classes from "./profile-page.module.css";
import { profileQuery } from "./queries.ts";
import { ReachCard } from "./reach-card.tsx";
import { SegmentsCard } from "./segments-card.tsx";
import { Timeline } from "./timeline.tsx";
import { TraitsCard } from "./traits-card.tsx";
import { ValueStrip } from "./value-strip.tsx";

const route = getRouteApi("/people/$id");

/** One person, whole: the timeline of all channels in the middle, what we know and may do around it. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { message } = route.useSearch();
  const navigate = route.useNavigate();
  const profile = useQuery(profileQuery(id));
  const survivor = profile.data?.id;
  useEffect(() => {
    // Merged into another since this address was copied: go on under the profile that lives.
    if (survivor && survivor !== id) void navigate({ params: { id: survivor }, replace: true });
  }, [survivor, id, navigate]);

  if (profile.isError && !profile.data) {
    return (
      <Page title={t("nav.people")}>
        <ErrorNotice error={profile.error} retry={() => void profile.refetch()} />
      </Page>
    );
  }
  if (!profile.data) {
    return (
      <Page title=" ">
        <Skeleton height={480} className="kilim-late" />
      </Page>
    );
  }
  const person = profile.data;
  const name = nameOf(person);
  return (
    <Page
      title={name ?? t("people.visitor", { id: person.id.slice(-6) })}
      before={
        <TextLink to="/people" size="sm" c="dimmed">
          ‹ {t("nav.people")}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          <PersonAvatar id={person.id} name={name} size={22} />
          <Text span size="sm">
            {t("profile.seen")} <When at={person.last_seen} c="dimmed" />
          </Text>
          {person.merged_from.length > 0 ? (
            <Text span size="sm">
              · {t("profile.merged", { count: person.merged_from.length })}
            </Text>
          ) : null}
        </Group>
      }
      actions={<PersonActions profile={person} />}
    >
      <ValueStrip computed={person.computed} />
      <Box className={classes.columns}>
        <Box className={classes.timeline ?? ""} miw={0}>
          <Timeline key={person.id} id={person.id} channels={Object.keys(person.computed.channels)} />
        </Box>
        <Stack gap="md" className={classes.identity ?? ""}>
          <IdentityCard profile={person} />
          <ConsentCard profile={person} />
          <ReachCard profileId={person.id} />
          <TraitsCard traits={person.traits} />
          <MergesCard profileId={person.id} />
        </Stack>
        <Stack gap="md" className={classes.around ?? ""}>
          <CartCard profile={person} />
          <ListsCard profileId={person.id} />
          <SegmentsCard id={person.id} segments={person.segments} />
          <JourneysCard profileId={person.id} />
          <MessagesCard profileId={person.id} />
          <OrdersCard profileId={person.id} told={person.computed.orders} />
        </Stack>
      </Box>
      <MessageDrawer
        id={message}
        onClose={() => void navigate({ search: (now) => ({ ...now, message: undefined }) })}
      />
    </Page>
  );
}
