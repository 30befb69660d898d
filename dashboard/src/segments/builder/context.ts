import { createContext, useContext } from "react";

import type { WarningCode } from "../../../../server/src/segments/contracts.ts";
import type { Group, Path } from "../segment-tree.ts";
import type { Speaker } from "../sentences/speaker.ts";

/** A place on the screen: a part of a sentence (`slot` is its path in the leaf), a group's head, or where one adds. */
export interface Spot {
  readonly path: Path;
  readonly slot: string;
}
export const HEAD = "#head";
export const ADD = "#add";
export const MORE = "#more";

export function spotKey({ path, slot }: Spot): string {
  return `${path.join(".")}/${slot}`;
}

/** What is wrong or odd at a sentence, as the api told it. */
export type Remark = Spot & (ErrorRemark | WarningRemark);
interface ErrorRemark {
  readonly isError: true;
  readonly message: string;
  /** By which it is said in the reader's language. */
  readonly code?: string | undefined;
  readonly limit?: number | undefined;
}
interface WarningRemark {
  readonly isError: false;
  readonly code: WarningCode;
  /** Where the sentence stands that this one goes ill with. */
  readonly other: Path | null;
  /** The name that is there, where another is written nearly like it. */
  readonly known?: string | undefined;
}

export interface BuilderContext {
  readonly root: Group;
  readonly speaker: Speaker;
  readonly remarks: readonly Remark[];
  readonly open: Spot | null;
  /** Writes the definition; changes under the same key in a row are one step to undo. */
  readonly change: (root: Group, key?: string) => void;
  /** Shows the form of a place, or none. */
  readonly show: (spot: Spot | null) => void;
  /** Puts the keyboard onto a place once it is drawn. */
  readonly focus: (spot: Spot) => void;
}

export const Context = createContext<BuilderContext | null>(null);

export function useBuilder(): BuilderContext {
  const context = useContext(Context);
  if (!context) throw new Error("a part of the builder stands outside it");
  return context;
}
