import type { StockRow } from "./queries.ts";

export interface Location {
  readonly id: string;
  readonly name: string;
  readonly kind: "web" | "store";
}

export interface StockTable {
  /** The web first, then the stores by name, in the alphabet of the reader's language. */
  readonly locations: readonly Location[];
  at(variantId: string, locationId: string): StockRow | undefined;
  total(variantId: string): number;
}

/** Rows of variant and location as a table of both. */
export function tabulate(rows: readonly StockRow[], language: string): StockTable {
  const cells = new Map(rows.map((row) => [`${row.variant_id}/${row.location_id}`, row]));
  const locations = [
    ...new Map(
      rows.map((row) => [row.location_id, { id: row.location_id, name: row.location_name, kind: row.kind }]),
    ).values(),
  ].sort((a, b) => Number(a.kind === "store") - Number(b.kind === "store") || a.name.localeCompare(b.name, language));
  return {
    locations,
    at: (variantId, locationId) => cells.get(`${variantId}/${locationId}`),
    total: (variantId) => rows.reduce((sum, row) => sum + (row.variant_id === variantId ? row.available : 0), 0),
  };
}
