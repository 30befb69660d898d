import type { KeyboardEvent, RefObject } from "react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { isGroup, itemAt, moveAt, removeAt, replaceAt } from "../segment-tree.ts";
import { withoutSlot } from "../sentences/edit-leaf.ts";
import { textOf } from "../sentences/phrase.ts";
import { sayLeaf } from "../sentences/say-leaf.ts";
import { ADD, type BuilderContext, HEAD, MORE, type Spot } from "./context.ts";
import { spotInFocus } from "./spots.ts";

interface Actions {
  readonly onUndo?: (() => void) | undefined;
  readonly onRedo?: (() => void) | undefined;
  /** Tells what has happened to those who do not see it. */
  readonly say: (text: string) => void;
}

/** Arrows walk over places and sentences, Backspace takes away, Alt with an arrow moves, Ctrl+Z and Ctrl+Y go back and forth. */
export function useKeys(element: RefObject<HTMLElement | null>, context: BuilderContext, actions: Actions) {
  const { t } = useTranslation();
  const { root, speaker, change, focus } = context;

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const act =
        key === "y" || (key === "z" && event.shiftKey) ? actions.onRedo : key === "z" ? actions.onUndo : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  const remove = (spot: Spot) => {
    const item = itemAt(root, spot.path);
    if (!item || spot.slot === ADD || (spot.path.length === 0 && spot.slot === HEAD)) return;
    const rest = isGroup(item) || spot.slot === MORE ? null : withoutSlot(item, spot.slot);
    if (rest !== null) {
      change(replaceAt(root, spot.path, () => rest));
      actions.say(textOf(sayLeaf(rest, speaker)));
      focus({ path: spot.path, slot: MORE });
      return;
    }
    change(removeAt(root, spot.path));
    actions.say(t("builder.removed"));
    focus({ path: spot.path.slice(0, -1), slot: ADD });
  };

  return (event: KeyboardEvent) => {
    const spot = spotInFocus(element.current);
    if (!spot || !element.current || event.ctrlKey || event.metaKey) return;
    const isArrow = event.key.startsWith("Arrow");
    if (event.altKey) {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
      if (by === null) return;
      const moved = moveAt(root, spot.path, by);
      change(moved.root);
      focus({ ...spot, path: moved.path });
    } else if (event.key === "Backspace" || event.key === "Delete") remove(spot);
    else if (isArrow || event.key === "Home" || event.key === "End") walk(element.current, event.key);
    else return;
    event.preventDefault();
  };
}

function walk(builder: HTMLElement, key: string): void {
  const places = [...builder.querySelectorAll<HTMLElement>("[data-spot]")];
  const at = places.indexOf(document.activeElement as HTMLElement);
  const rowOf = (place: HTMLElement | undefined) => place?.closest("[data-row]");
  const row = rowOf(places[at]);
  const inRow = places.filter((place) => rowOf(place) === row);
  const next = {
    ArrowLeft: places[at - 1],
    ArrowRight: places[at + 1],
    ArrowUp: places.slice(0, at).findLast((place) => rowOf(place) !== row),
    ArrowDown: places.slice(at).find((place) => rowOf(place) !== row),
    Home: inRow[0],
    End: inRow.at(-1),
  }[key];
  // One row up lands at its beginning, as one row down does.
  const first = key === "ArrowUp" ? places.find((place) => rowOf(place) === rowOf(next)) : next;
  first?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
