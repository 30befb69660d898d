import { expect, test } from "vitest";

import { type Column, guessKind, guessOptions, suggestColumns, typeOf } from "./suggest-mapping.ts";

const READ = { decimal: ".", date: "auto", zone: "UTC" } as const;

function columns(values: Record<string, unknown[]>): Column[] {
  return Object.entries(values).map(([name, list]) => ({ name, values: list as Column["values"] }));
}

function suggested(given: Record<string, unknown[]>): [string, Record<string, string>] {
  const found = columns(given);
  const kind = guessKind(found);
  const options = { ...READ, ...guessOptions(found) };
  return [kind, Object.fromEntries(suggestColumns(kind, found, options).map(({ column, field }) => [column, field]))];
}

test("IMP-39 orders of an Indonesian shop", () => {
  expect(
    suggested({
      "No. Pesanan": ["INV/1"],
      "Tanggal Pesanan": ["03-02-2026 10:00"],
      "Nomor HP": ["0812 333 444"],
      "Nama Produk": ["Batik"],
      Jumlah: ["2"],
      "Harga Satuan": ["Rp 150.000"],
      "Ongkos Kirim": ["Rp 10.000"],
      Catatan: ["cepat"],
    }),
  ).toEqual([
    "orders",
    {
      "No. Pesanan": "order_id",
      "Tanggal Pesanan": "time",
      "Nomor HP": "phone",
      "Nama Produk": "product_name",
      Jumlah: "quantity",
      "Harga Satuan": "price",
      "Ongkos Kirim": "shipping",
      Catatan: "property:catatan",
    },
  ]);
});

test("customers as a shop exports them, with their consent", () => {
  expect(
    suggested({
      "First Name": ["Ada"],
      "Last Name": ["Kaya"],
      Email: ["ada@example.com"],
      "Accepts Email Marketing": ["yes"],
      "Default Address Zip": ["06100"],
      "Total Spent": ["10.00"],
      Empty: [],
    }),
  ).toEqual([
    "people",
    {
      "First Name": "trait:first_name",
      "Last Name": "trait:last_name",
      Email: "email",
      "Accepts Email Marketing": "consent:email",
      "Default Address Zip": "trait:postal_code",
      "Total Spent": "trait:total_spent",
    },
  ]);
});

test("events in Segment's form keep their objects whole, and their envelope out", () => {
  expect(
    suggested({
      messageId: ["m1"],
      type: ["track"],
      event: ["Product Viewed"],
      userId: ["u1"],
      anonymousId: ["a1"],
      timestamp: ["2026-01-01T00:00:00Z"],
      sentAt: ["2026-01-01T00:00:00Z"],
      properties: [{ product_id: "p1" }],
      context: [{ locale: "tr-TR" }],
    }),
  ).toEqual([
    "events",
    {
      messageId: "id",
      type: "type",
      event: "event",
      userId: "user_id",
      anonymousId: "anonymous_id",
      timestamp: "time",
      properties: "property:*",
      context: "context:*",
    },
  ]);
});

test("what values look like: codes with a leading zero are no numbers, and decimals tell their sign", () => {
  const type = (...values: unknown[]) => typeOf({ name: "x", values: values as Column["values"] }, READ);
  expect(type("06100", "34000")).toBe("text");
  expect(type("1", "2.5")).toBe("number");
  expect(type("evet", "hayır")).toBe("boolean");
  expect(type("24.12.1985")).toBe("date");
  expect(type("a@example.com")).toBe("email");
  expect(type(["a"], ["b"])).toBe("list");
  expect(type()).toBe("empty");
  expect(guessOptions(columns({ a: ["1.250,00", "75,50"], b: ["31/12/2025"] }))).toEqual({ decimal: ",", date: "dmy" });
  expect(guessOptions(columns({ a: ["1,250.00"], b: ["12/31/2025"] }))).toEqual({ decimal: ".", date: "mdy" });
});
