import { expect, test } from "vitest";

import { tabulate } from "./stock-table.ts";

const row = (variant_id: string, location_id: string, kind: "web" | "store", available: number) => ({
  variant_id,
  location_id,
  location_name: location_id,
  kind,
  on_hand: available,
  reserved: 0,
  available,
});

test("the web stands first, then the stores by name; sums are per variant", () => {
  const table = tabulate(
    [row("v1", "Izmir", "store", 2), row("v1", "web", "web", 1), row("v2", "Ankara", "store", 5)],
    "en",
  );
  expect(table.locations.map((location) => location.name)).toEqual(["web", "Ankara", "Izmir"]);
  const turkish = ["İzmit", "Çankaya", "Isparta", "Şile", "Cunda", "Sivas"].map((name) => row("v1", name, "store", 1));
  expect(tabulate(turkish, "tr").locations.map(({ name }) => name)).toEqual([
    "Cunda",
    "Çankaya",
    "Isparta",
    "İzmit",
    "Sivas",
    "Şile",
  ]);
  expect(table.total("v1")).toBe(3);
  expect(table.at("v2", "web")).toBeUndefined();
});
