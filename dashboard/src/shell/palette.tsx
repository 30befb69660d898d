import "@mantine/spotlight/styles.layer.css";

import { useDebouncedValue } from "@mantine/hooks";
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { PersonAvatar } from "../parts/person.tsx";
import { peopleQuery } from "../profiles/queries.ts";
import { type Command, useAllCommands } from "./commands.ts";
import { Keys } from "./keys.tsx";

const [store, palette] = createSpotlight();

/** Cmd-K: go anywhere, do anything that is registered here, find a person. */
export function Palette({ onReady }: { readonly onReady: (open: () => void) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const commands = useAllCommands();
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query.trim(), 200);
  const people = useQuery({
    ...peopleQuery({ q: settled }, 6),
    enabled: settled.length > 1,
    placeholderData: keepPreviousData,
  });

  useEffect(() => {
    onReady(palette.open);
    palette.open();
  }, [onReady]);

  const group = (name: Command["group"]): SpotlightActionGroupData => ({
    group: t(`command.group.${name}`),
    actions: commands.filter((command) => command.group === name && command.id !== "shell.palette").map(toAction),
  });
  const found: SpotlightActionGroupData = {
    group: t("nav.people"),
    actions: (settled.length > 1 ? (people.data?.items ?? []) : []).map((person) => ({
      id: `person.${person.id}`,
      label: person.name ?? t("people.visitor", { id: person.id.slice(-6) }),
      description: [person.email, person.city].filter(Boolean).join(" · "),
      // The api has already searched; the palette's own filter must not hide what it found.
      keywords: query,
      leftSection: <PersonAvatar id={person.id} name={person.name} />,
      onClick: () => void navigate({ to: "/people/$id", params: { id: person.id } }),
    })),
  };
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      actions={[group("here"), group("do"), group("go"), found].filter((part) => part.actions.length > 0)}
      nothingFound={t("command.nothing")}
      scrollable
      maxHeight={480}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t("command.placeholder"),
        "aria-label": t("command.palette"),
      }}
    />
  );
}

function toAction(command: Command): SpotlightActionData {
  return {
    id: command.id,
    label: command.label,
    onClick: command.run,
    ...(command.keys ? { rightSection: <Keys keys={command.keys} /> } : {}),
  };
}
