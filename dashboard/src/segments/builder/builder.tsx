import { VisuallyHidden } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommands } from "../../shell/commands.ts";
import type { Group } from "../segment-tree.ts";
import { useSpeaker } from "../sentences/speaker.ts";
import { ADD, type BuilderContext, Context, MORE, type Remark, type Spot, spotKey } from "./context.ts";
import { GroupView } from "./group-view.tsx";
import { spotInFocus } from "./spots.ts";
import { useClipboard } from "./use-clipboard.ts";
import { useKeys } from "./use-keys.ts";

interface BuilderProps {
  readonly root: Group;
  readonly onChange: (root: Group, key?: string) => void;
  readonly onUndo?: (() => void) | undefined;
  readonly onRedo?: (() => void) | undefined;
  readonly remarks?: readonly Remark[] | undefined;
}

const NONE: readonly Remark[] = [];

/** A definition as sentences that are written with the keyboard or the mouse. */
export function Builder({ root, onChange, onUndo, onRedo, remarks = NONE }: BuilderProps) {
  const { t } = useTranslation();
  const speaker = useSpeaker(root);
  const [open, setOpen] = useState<Spot | null>(null);
  const [wanted, setWanted] = useState<Spot | null>(null);
  const [said, setSaid] = useState("");
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!wanted) return;
    find(element.current, wanted)?.focus();
    setWanted(null);
  }, [wanted]);

  // What had the keyboard may be undone; it goes on nearby.
  const last = useRef<Spot | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever the sentences have changed
  useEffect(() => {
    const spot = last.current;
    if (!spot || document.activeElement !== document.body) return;
    const near = [spot, { path: spot.path, slot: MORE }, { path: [], slot: ADD }];
    near
      .map((one) => find(element.current, one))
      .find((found) => found !== null)
      ?.focus();
  }, [root]);

  useCommands([
    {
      id: "segment.add",
      keys: "a",
      group: "here",
      label: t("builder.add"),
      run: () => setOpen({ path: [], slot: ADD }),
    },
  ]);
  const context = useMemo<BuilderContext>(
    () => ({ root, speaker, remarks, open, change: onChange, show: setOpen, focus: setWanted }),
    [root, speaker, remarks, open, onChange],
  );
  const onKeyDown = useKeys(element, context, { onUndo, onRedo, say: setSaid });
  useClipboard(element, context, setSaid);
  return (
    <Context value={context}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside it */}
      <div
        ref={element}
        onKeyDown={onKeyDown}
        onFocus={() => {
          last.current = spotInFocus(element.current) ?? last.current;
        }}
      >
        <GroupView group={root} path={[]} />
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      </div>
    </Context>
  );
}

function find(builder: HTMLElement | null, spot: Spot): HTMLElement | null {
  return builder?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spotKey(spot))}"]`) ?? null;
}
