import { Badge, type MantineColor } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { StreamItem } from "../../../server/src/debugger/contracts.ts";

const COLORS: Record<StreamItem["state"], MantineColor> = {
  waiting: "indigo",
  worked_in: "teal",
  quarantined: "orange",
  rejected: "kilim",
  refused: "kilim",
};

/** Where an event is, in words; the colour only repeats what the word says. */
export function EventState({ value }: { readonly value: StreamItem["state"] }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLORS[value]} variant="light" radius="sm" tt="none" fw={600} miw="max-content">
      {t(`events.state.${value}`)}
    </Badge>
  );
}
