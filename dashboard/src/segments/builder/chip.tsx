import { Popover } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./builder.module.css";
import { type Spot, spotKey, useBuilder } from "./context.ts";

interface ChipProps {
  readonly spot: Spot;
  readonly text: ReactNode;
  /** Said instead of the text where that alone would not tell what can be done. */
  readonly label: string;
  readonly isGap?: boolean | undefined;
  readonly isWrong?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A place in a sentence: what it says now, and under it the form that changes it. Only an open one has a popover. */
export function Chip({ spot, text, label, isGap, isWrong, className, children }: ChipProps) {
  const { open, show, focus } = useBuilder();
  const isOpen = open !== null && spotKey(open) === spotKey(spot);
  const close = () => {
    show(null);
    focus(spot);
  };
  const button = (
    <button
      type="button"
      className={className ?? classes.chip}
      data-spot={spotKey(spot)}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={label}
      {...(isGap ? { "data-gap": true } : {})}
      {...(isWrong ? { "data-wrong": true } : {})}
      onClick={() => (isOpen ? close() : show(spot))}
    >
      {text}
    </button>
  );
  if (!isOpen) return button;
  return (
    // Fixed: until it has its place it stands in the window's corner, not the page's, to which the focus would scroll.
    <Popover
      opened
      trapFocus
      position="bottom-start"
      floatingStrategy="fixed"
      hideDetached={false}
      shadow="md"
      width={320}
      onDismiss={close}
    >
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p="xs" maw="calc(100vw - 16px)" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
