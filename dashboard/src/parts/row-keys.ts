import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommands } from "../shell/commands.ts";

/** J and K walk through a list, Enter opens; answers the row one stands on. */
export function useRowKeys(count: number, open: (index: number) => void): number | null {
  const { t } = useTranslation();
  const [active, setActive] = useState<number | null>(null);
  const step = (by: number) =>
    setActive((index) =>
      count === 0 ? null : Math.max(0, Math.min(count - 1, (index ?? (by > 0 ? -1 : count)) + by)),
    );

  useEffect(() => {
    if (active !== null) document.querySelector("[data-row-active]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  useCommands([
    { id: "list.next", keys: "j", group: "here", label: t("command.next"), run: () => step(1) },
    { id: "list.previous", keys: "k", group: "here", label: t("command.previous"), run: () => step(-1) },
    {
      id: "list.open",
      keys: "enter",
      group: "here",
      label: t("command.open"),
      run: () => {
        if (active !== null) open(active);
      },
    },
  ]);
  return active;
}
