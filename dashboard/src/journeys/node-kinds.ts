import {
  type Icon,
  IconAd2,
  IconArrowsRandom,
  IconArrowsSplit2,
  IconCalendar,
  IconClock,
  IconClockHour9,
  IconFlask,
  IconHourglass,
  IconListCheck,
  IconLogout2,
  IconMail,
  IconPuzzle,
  IconRoute,
  IconSparkles,
  IconTag,
  IconWebhook,
} from "@tabler/icons-react";

import type { NodeKind } from "./wire.ts";

/** In the order in which they are offered on a (+), by what they are for. */
export const NODE_GROUPS = [
  { group: "say", kinds: ["send"] },
  { group: "wait", kinds: ["wait", "wait_until", "wait_date", "wait_event", "best_hour"] },
  { group: "divide", kinds: ["branch", "split", "experiment"] },
  { group: "do", kinds: ["update_trait", "list", "ad_audience", "webhook", "enter_journey"] },
  { group: "end", kinds: ["exit"] },
] as const satisfies readonly { group: string; kinds: readonly NodeKind[] }[];

export const NODE_KINDS: readonly NodeKind[] = NODE_GROUPS.flatMap(({ kinds }) => [...kinds]);

const NODE_ICONS: Record<NodeKind, Icon> = {
  send: IconMail,
  wait: IconClock,
  wait_until: IconClockHour9,
  wait_date: IconCalendar,
  wait_event: IconHourglass,
  best_hour: IconSparkles,
  branch: IconArrowsSplit2,
  split: IconArrowsRandom,
  experiment: IconFlask,
  webhook: IconWebhook,
  update_trait: IconTag,
  list: IconListCheck,
  ad_audience: IconAd2,
  enter_journey: IconRoute,
  exit: IconLogout2,
};

/** A kind that another room has registered has none of its own. */
export function iconOf(kind: string): Icon {
  return Object.hasOwn(NODE_ICONS, kind) ? NODE_ICONS[kind as NodeKind] : IconPuzzle;
}
