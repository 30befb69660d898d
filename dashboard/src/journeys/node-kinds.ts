import { type Icon, IconArrowsSplit2, IconClock, IconHourglass, IconLogout2, IconMail } from "@tabler/icons-react";

import type { NodeKind } from "./wire.ts";

/** In the order in which they are offered on a (+). */
export const NODE_KINDS = ["send", "wait", "wait_event", "branch", "exit"] as const satisfies readonly NodeKind[];

export const NODE_ICONS: Record<NodeKind, Icon> = {
  send: IconMail,
  wait: IconClock,
  wait_event: IconHourglass,
  branch: IconArrowsSplit2,
  exit: IconLogout2,
};
