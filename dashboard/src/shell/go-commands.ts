import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type Command, useCommands } from "./commands.ts";
import { ROOMS } from "./navigation.ts";

interface Openers {
  readonly palette: () => void;
  readonly help: () => void;
}

/** What works on every screen: going to a room, finding, help. */
export function useGoCommands({ palette, help }: Openers): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rooms = ROOMS.map(
    (room): Command => ({
      id: `go.${room.id}`,
      keys: `g ${room.key}`,
      group: "go",
      label: t(`nav.${room.id}`),
      run: () => void navigate({ to: room.to }),
    }),
  );
  useCommands([
    ...rooms,
    {
      id: "go.new-segment",
      group: "do",
      label: t("command.newSegment"),
      run: () => void navigate({ to: "/segments/new" }),
    },
    { id: "shell.palette", keys: "mod+k", group: "do", label: t("command.palette"), run: palette },
    { id: "shell.search", keys: "/", group: "do", label: t("command.search"), run: () => focusSearch(palette) },
    { id: "shell.help", keys: "?", group: "do", label: t("command.help"), run: help },
  ]);
}

/** The page's own search field if it has one, else the palette. */
function focusSearch(palette: () => void): void {
  const field = document.querySelector<HTMLInputElement>("input[data-search]");
  if (field) field.focus();
  else palette();
}
