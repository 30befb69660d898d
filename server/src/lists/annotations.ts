import type { Annotations } from "./contracts.ts";

export const ANNOTATIONS = ["note", "photo_id", "dimensions", "store_id", "chat_url"] as const;

export type GivenAnnotations = { readonly [Name in keyof Annotations]?: Annotations[Name] | undefined };

export const NO_ANNOTATIONS: Annotations = {
  note: null,
  photo_id: null,
  dimensions: null,
  store_id: null,
  chat_url: null,
};

/** What is named, also to be taken away. */
export function annotationsOf(given: GivenAnnotations): Partial<Annotations> {
  return Object.fromEntries(
    ANNOTATIONS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  ) as Partial<Annotations>;
}

/** Those that say something. */
export function wordsOf(given: GivenAnnotations): Partial<Annotations> {
  return Object.fromEntries(
    ANNOTATIONS.flatMap((name) => ((given[name] ?? null) === null ? [] : [[name, given[name]]])),
  ) as Partial<Annotations>;
}
