import { Group, Text, Tooltip } from "@mantine/core";
import {
  type Icon,
  IconApi,
  IconBell,
  IconBrandWhatsapp,
  IconBuildingStore,
  IconDeviceMobile,
  IconDeviceTablet,
  IconMail,
  IconMailbox,
  IconMessage,
  IconMessage2,
  IconMicrophone,
  IconPhone,
  IconSpeakerphone,
  IconUsers,
  IconWorld,
} from "@tabler/icons-react";

import { useLabel } from "../i18n/label.ts";

const ICONS: Record<string, Icon> = {
  web: IconWorld,
  app: IconDeviceMobile,
  store: IconBuildingStore,
  kiosk: IconDeviceTablet,
  email: IconMail,
  sms: IconMessage2,
  whatsapp: IconBrandWhatsapp,
  push: IconBell,
  social: IconUsers,
  ads: IconSpeakerphone,
  phone: IconPhone,
  chat: IconMessage,
  voice: IconMicrophone,
  mail: IconMailbox,
  letter: IconMailbox,
  call: IconPhone,
  api: IconApi,
};

export function ChannelIcon({ channel, size = 16 }: { readonly channel: string; readonly size?: number }) {
  const label = useLabel();
  const Shape = ICONS[channel] ?? IconApi;
  return (
    <Tooltip label={label("channel", channel)}>
      <Shape size={size} stroke={1.6} role="img" aria-label={label("channel", channel)} />
    </Tooltip>
  );
}

export function ChannelName({ channel }: { readonly channel: string }) {
  const label = useLabel();
  const Shape = ICONS[channel] ?? IconApi;
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Shape size={16} stroke={1.6} aria-hidden />
      <Text span size="sm">
        {label("channel", channel)}
      </Text>
    </Group>
  );
}
