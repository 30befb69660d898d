import { useQueries, useQuery } from "@tanstack/react-query";
import type { i18n as I18n } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { broadcastsQuery } from "../../broadcasts/queries.ts";
import { minorDigits } from "../../i18n/format.ts";
import { journeysQuery } from "../../journeys/queries.ts";
import { templatesQuery } from "../../messages/queries.ts";
import { listsQuery, segmentsQuery, storesQuery, valuesQuery } from "../queries.ts";
import { IN_MINOR_UNITS } from "./conditions.ts";

/** What conditions point to by id. */
export type Named = "segment" | "list" | "store" | "template" | "journey" | "broadcast";

/** As much of a language as a sentence needs. */
export interface Speaker {
  readonly language: string;
  /** Words with values in them. */
  say(key: string, values?: Record<string, unknown>): string;
  /** The same with its `{{places}}` left open. */
  pattern(key: string): string;
  has(key: string): boolean;
  /** Decimals of the currency that people mostly pay in. */
  readonly minorDigits: number;
  /** undefined: not known (yet), or gone. */
  nameOf(kind: Named, id: string): string | undefined;
}

/** Keys of sentences are put together from words of the wire, so they are checked by a test instead of by type. */
export function speakerOf(
  i18n: I18n,
  nameOf: Speaker["nameOf"] = () => undefined,
  currency: string | undefined = undefined,
): Speaker {
  const t = (key: string, values?: Record<string, unknown>) => String(i18n.t(key as never, values as never));
  return {
    language: i18n.language,
    say: t,
    pattern: (key) => t(key, { skipInterpolation: true }),
    has: (key) => i18n.exists(key),
    minorDigits: minorDigits(currency ?? "EUR"),
    nameOf,
  };
}

const POINTERS = {
  segment: /"in_segment"/,
  list: /"in_list"/,
  store: /"store"/,
  template: /"template"/,
  journey: /"(in_)?journey"/,
  broadcast: /"broadcast"/,
};
const QUERIES = {
  segment: segmentsQuery,
  list: listsQuery,
  store: storesQuery,
  template: templatesQuery,
  journey: journeysQuery,
  broadcast: broadcastsQuery,
};
const NAMED = Object.keys(QUERIES) as Named[];

interface NamedRow {
  readonly id: string;
  readonly name: string;
}

/** Speaks the reader's language, and knows the names of what these conditions point to. */
export function useSpeaker(conditions: unknown): Speaker {
  const { i18n, t } = useTranslation();
  const text = JSON.stringify(conditions) ?? "";
  const names = useQueries({
    queries: NAMED.map((kind) => ({ ...QUERIES[kind], enabled: POINTERS[kind].test(text) }) as never),
    combine: (results) =>
      results.map(
        (result) =>
          new Map(((result as { data?: { items: NamedRow[] } }).data?.items ?? []).map(({ id, name }) => [id, name])),
      ),
  });
  const asksMoney = IN_MINOR_UNITS.some((name) => text.includes(`"computed":"${name}"`));
  const paidIn = useQuery({ ...valuesQuery({ computed: "currency" }, ""), enabled: asksMoney });
  const currency = paidIn.data?.items[0] && String(paidIn.data.items[0].value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language and the words that have been loaded
  return useMemo(
    () => speakerOf(i18n, (kind, id) => names[NAMED.indexOf(kind)]?.get(id), currency),
    [i18n, i18n.language, t, names, currency],
  );
}
