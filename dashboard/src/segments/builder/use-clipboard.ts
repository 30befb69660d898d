import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { insertAt, isGroup, itemAt, removeAt } from "../segment-tree.ts";
import { asJson, readItem } from "./clipboard.ts";
import { ADD, type BuilderContext, HEAD } from "./context.ts";
import { spotInFocus } from "./spots.ts";

/** Ctrl+C, X and V of the sentence or group one stands on, as the JSON that the api takes. */
export function useClipboard(
  element: RefObject<HTMLElement | null>,
  context: BuilderContext,
  say: (text: string) => void,
): void {
  const { t } = useTranslation();
  const { root, change, focus } = context;

  useEffect(() => {
    // The browser tells the document, not the button that has the keyboard.
    const onCopy = (event: ClipboardEvent) => {
      const spot = spotInFocus(element.current);
      const item = spot && spot.slot !== ADD ? itemAt(root, spot.path) : undefined;
      if (!spot || !item || !event.clipboardData || !getSelection()?.isCollapsed) return;
      event.clipboardData.setData("text/plain", asJson(item));
      event.preventDefault();
      say(t("builder.copied"));
      if (event.type !== "cut" || spot.path.length === 0) return;
      change(removeAt(root, spot.path));
      focus({ path: spot.path.slice(0, -1), slot: ADD });
    };
    const onPaste = (event: ClipboardEvent) => {
      const spot = spotInFocus(element.current);
      if (!spot) return;
      event.preventDefault();
      const item = readItem(event.clipboardData?.getData("text/plain") ?? "");
      if (item === null) {
        say(t("builder.notACondition"));
        return;
      }
      const target = itemAt(root, spot.path);
      const isInto = spot.slot === ADD || (spot.slot === HEAD && target !== undefined && isGroup(target));
      const parent = isInto ? spot.path : spot.path.slice(0, -1);
      const index = isInto ? undefined : (spot.path.at(-1) ?? 0) + 1;
      change(insertAt(root, parent, [item], index));
      say(t("builder.pasted"));
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  });
}
