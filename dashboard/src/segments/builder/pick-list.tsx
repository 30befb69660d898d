import { Box, Group, ScrollArea, Text, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../i18n/format.ts";
import classes from "./builder.module.css";
import { isMeant } from "./search-words.ts";

export interface Choice {
  readonly key: string;
  readonly label: string;
  /** Another name of it, dimmed, by which it is found too. */
  readonly note?: string | undefined;
  readonly count?: number | undefined;
  /** Choices of one family stand under one heading. */
  readonly family?: string | undefined;
}

interface PickListProps<T extends Choice> {
  readonly label: string;
  readonly choices: readonly T[];
  readonly onPick: (choice: T) => void;
  readonly chosen?: string | undefined;
  /** Takes what was typed although it is in no list. */
  readonly onTyped?: ((text: string) => void) | undefined;
  /** Told what is being typed, for lists that are longer than what is here. */
  readonly onSearch?: ((text: string) => void) | undefined;
}

const MOST_SHOWN = 80;

/** Type to narrow it down, arrows to walk, Enter to take. */
export function PickList<T extends Choice>(props: PickListProps<T>) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = props.choices.filter(({ label, note = "" }) => isMeant(`${label} ${note}`, typed)).slice(0, MOST_SHOWN);
  const text = typed.trim();
  const free = props.onTyped && text !== "" && !found.some(({ label }) => label === text) ? text : null;
  const length = found.length + (free === null ? 0 : 1);
  const at = Math.min(active, length - 1);

  useEffect(() => {
    if (at >= 0) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const take = (index: number) => {
    const choice = found[index];
    if (choice) props.onPick(choice);
    else if (free !== null) props.onTyped?.(free);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(length - 1, at + by)));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (at >= 0) take(at);
    }
  };
  return (
    <Box>
      <TextInput
        size="sm"
        data-autofocus
        role="combobox"
        aria-label={props.label}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        {...(at >= 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
        autoComplete="off"
        placeholder={t("builder.typeToSearch")}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
          props.onSearch?.(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ScrollArea.Autosize mah={300} mt={6} type="auto">
        <div role="listbox" id={id} aria-label={props.label} ref={list}>
          {found.map((choice, index) => {
            const isFirst = choice.family !== undefined && choice.family !== found[index - 1]?.family;
            return (
              <div key={choice.key} role="presentation">
                {isFirst ? (
                  <Text size="xs" c="dimmed" fw={600} px={8} pt={8} pb={2} aria-hidden>
                    {choice.family}
                  </Text>
                ) : null}
                <Option id={`${id}-${index}`} isActive={index === at} onTake={() => take(index)}>
                  <ChoiceText choice={choice} isChosen={choice.key === props.chosen} />
                </Option>
              </div>
            );
          })}
          {free === null ? null : (
            <Option id={`${id}-${found.length}`} isActive={at === found.length} onTake={() => take(found.length)}>
              <Text size="sm" span>
                {t("builder.useTyped", { text: free })}
              </Text>
            </Option>
          )}
        </div>
        {length === 0 ? (
          <Text size="sm" c="dimmed" p={8} role="status">
            {t("builder.nothingFound")}
          </Text>
        ) : null}
      </ScrollArea.Autosize>
    </Box>
  );
}

function ChoiceText({ choice, isChosen }: { readonly choice: Choice; readonly isChosen: boolean }) {
  const format = useFormat();
  return (
    <>
      <Text size="sm" span fw={isChosen ? 650 : 400} className={classes.optionText ?? ""}>
        {choice.label}
        {choice.note && choice.note !== choice.label ? (
          <Text span size="xs" c="dimmed" ml={6}>
            {choice.note}
          </Text>
        ) : null}
      </Text>
      {choice.count === undefined ? null : (
        <Text span size="xs" c="dimmed">
          {format.number(choice.count)}
        </Text>
      )}
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly isActive: boolean;
  readonly onTake: () => void;
  readonly children: ReactNode;
}

function Option({ id, isActive, onTake, children }: OptionProps) {
  return (
    <Group
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      gap="xs"
      justify="space-between"
      wrap="nowrap"
      className={classes.option ?? ""}
      // The keyboard stays in the field above.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {children}
    </Group>
  );
}
