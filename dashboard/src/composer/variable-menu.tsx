import { ActionIcon, Badge, Combobox, Group, Text, useCombobox } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { variablesQuery } from "./queries.ts";

interface VariableMenuProps {
  /** Gets the Liquid to put in: `{{ person.first_name }}`. */
  readonly onPick: (liquid: string) => void;
}

/** Every variable with what it is; one is found by typing. */
export function VariableMenu({ onPick }: VariableMenuProps) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setText("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const variables = useQuery({ ...variablesQuery(i18n.language), enabled: combobox.dropdownOpened });
  const words = text.trim().toLocaleLowerCase();
  const fits = (...said: string[]) => said.some((part) => part.toLocaleLowerCase().includes(words));
  const found = (variables.data?.items ?? []).filter(({ name, meaning }) => fits(name, meaning)).slice(0, 60);
  const shared = (variables.data?.shared ?? []).filter(({ key, name }) => fits(key, name));
  return (
    <Combobox
      store={combobox}
      keepMounted={false}
      width={340}
      position="bottom-end"
      onOptionSubmit={(value) => {
        onPick(`{{ ${value} }}`);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t("composer.variable")}
          title={t("composer.variable")}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => combobox.toggleDropdown()}
        >
          <IconBraces size={16} aria-hidden />
        </ActionIcon>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t("composer.findVariable")}
          aria-label={t("composer.findVariable")}
        />
        <Combobox.Options mah={300} style={{ overflowY: "auto" }}>
          {shared.map(({ key, name }) => (
            <Combobox.Option value={`shared.${key}`} key={key}>
              <Text size="sm" ff="monospace">
                shared.{key}
              </Text>
              <Text size="xs" c="dimmed">
                {name}
              </Text>
            </Combobox.Option>
          ))}
          {found.map(({ name, meaning, may_be_missing }) => (
            <Combobox.Option value={name} key={name}>
              <Group gap={6} wrap="nowrap">
                <Text size="sm" ff="monospace" truncate>
                  {name}
                </Text>
                {may_be_missing ? (
                  <Badge size="xs" variant="default" title={t("composer.mayMiss")}>
                    ?
                  </Badge>
                ) : null}
              </Group>
              <Text size="xs" c="dimmed">
                {meaning}
              </Text>
            </Combobox.Option>
          ))}
          {found.length + shared.length === 0 && variables.isSuccess ? (
            <Combobox.Empty>{t("command.nothing")}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
