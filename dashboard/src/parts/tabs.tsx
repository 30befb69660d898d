import { Tabs as MantineTabs } from "@mantine/core";
import type { ReactElement } from "react";

import { useShownTab } from "./shown-tab.ts";

interface TabsProps<Id extends string> {
  readonly value: Id;
  /** Keeps the choice in the address. */
  onChange(id: Id): void;
  readonly label: (id: Id) => string;
  /** In order; only the chosen one is there. */
  readonly views: Readonly<Record<Id, ReactElement>>;
}

/** Views of one page of which one is shown. */
export function Tabs<Id extends string>({ value, onChange, label, views }: TabsProps<Id>) {
  const ids = Object.keys(views) as Id[];
  const list = useShownTab(value);
  return (
    <MantineTabs
      value={value}
      keepMounted={false}
      onChange={(chosen) => onChange(ids.find((id) => id === chosen) ?? value)}
    >
      <MantineTabs.List mb="md" ref={list}>
        {ids.map((id) => (
          <MantineTabs.Tab key={id} value={id}>
            {label(id)}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {ids.map((id) => (
        <MantineTabs.Panel key={id} value={id}>
          {views[id]}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  );
}
