import { useCallback, useState } from "react";

import type { ColumnRule, ImportKind, ImportOptions } from "../../../server/src/imports/contracts.ts";

/** A mapping being made for one uploaded file; kept in this browser, so that a reload loses nothing. */
export interface Draft {
  readonly kind: ImportKind;
  readonly columns: readonly ColumnRule[];
  readonly options: Partial<ImportOptions>;
}

const keyOf = (file: string) => `kilim.import.${file}`;

export function useDraft(file: string): [Draft | null, (draft: Draft) => void] {
  const [draft, setDraft] = useState<Draft | null>(() => read(file));
  const change = useCallback(
    (next: Draft) => {
      sessionStorage.setItem(keyOf(file), JSON.stringify(next));
      setDraft(next);
    },
    [file],
  );
  return [draft, change];
}

function read(file: string): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(file)) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

/** Sets, or with null takes away, what a column is; a fixed field belongs to one column alone. */
export function withField(columns: readonly ColumnRule[], column: string, rule: ColumnRule | null): ColumnRule[] {
  const others = columns.filter(
    (other) => other.column !== column && !(rule && other.field === rule.field && !rule.field.endsWith(":")),
  );
  return rule ? [...others, rule] : others;
}

/** `"Müşteri No."` → `musteri_no`, the way the server names a column of its own. */
export function pathOf(column: string): string {
  return column
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .replace(/[^a-z0-9.]+/g, "_")
    .replace(/^[_.]+|[_.]+$/g, "");
}
