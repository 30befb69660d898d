import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { MAX_ROW_BYTES, type RawRecord, RecordSplitter, splitCells } from "./split-records.ts";

function split(text: string, piece = 7, delimiter: string | null = ","): RawRecord[] {
  const splitter = new RecordSplitter({ delimiter, newline: "\n", position: 0 });
  const bytes = Buffer.from(text);
  const records: RawRecord[] = [];
  for (let at = 0; at < bytes.length; at += piece) records.push(...splitter.push(bytes.subarray(at, at + piece)));
  return [...records, ...splitter.end()];
}

function cells(records: readonly RawRecord[], delimiter = ","): string[][] {
  return records.filter(({ text }) => text !== "").map(({ text }) => splitCells(text, delimiter));
}

const cell = fc.string({ unit: fc.constantFrom("a", "ş", "1", " ", ",", '"', "\n", ";", "é", "😀"), maxLength: 8 });

describe("IMP-1 rows are what RFC 4180 says they are", () => {
  test("as another reader reads them, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom("\n", "\r\n"),
        (rows, piece, newline) => {
          const text = rows
            .map((row) =>
              row.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(","),
            )
            .join(newline);
          const expected = parse(text, { relax_column_count: true, record_delimiter: [newline] });
          expect(cells(split(text, piece))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("reading from the end of any row gives the rows behind it", () => {
    const text = 'a,"b\nc"\r\nd,e\n"f""g",h\n\ni,j';
    const whole = split(text);
    for (const [i, record] of whole.entries()) {
      const splitter = new RecordSplitter({ delimiter: ",", newline: "\n", position: record.end });
      const rest = [...splitter.push(Buffer.from(text).subarray(record.end)), ...splitter.end()];
      expect(rest).toEqual(whole.slice(i + 1));
    }
  });
});

describe("IMP-2 what is wrong costs its own row, and no memory", () => {
  test("a quote that is never closed", () => {
    const records = split('a,"b\nc,d\ne,f');
    expect(records.map(({ text, fault }) => [text, fault])).toEqual([
      ['a,"b', "quote_not_closed"],
      ["c,d", null],
      ["e,f", null],
    ]);
  });

  test("text behind a closing quote; a quote inside a cell that is not quoted is a letter", () => {
    const records = split('a,"b"x\n5" pipe,d\ne,f');
    expect(records.map(({ fault }) => fault)).toEqual(["quote_misplaced", null, null]);
    expect(cells(records.slice(1))[0]).toEqual(['5" pipe', "d"]);
  });

  test("a line of 40 MB among short ones is passed over", () => {
    const splitter = new RecordSplitter({ delimiter: ",", newline: "\n", position: 0 });
    const records = [...splitter.push(Buffer.from("a,b\n"))];
    const piece = Buffer.alloc(256 * 1024, "x");
    for (let i = 0; i < 160; i++) records.push(...splitter.push(piece));
    records.push(...splitter.push(Buffer.from("\nc,d\n")), ...splitter.end());
    expect(records.map(({ text, fault }) => [text.slice(0, 3), fault])).toEqual([
      ["a,b", null],
      ["xxx", "row_too_long"],
      ["c,d", null],
    ]);
    expect(records[1]?.text.length).toBeLessThan(5_000);
  });

  test("a quoted cell longer than a row may be gives up its first line only", () => {
    const filler = `${"y".repeat(99)}\n`.repeat(Math.ceil((MAX_ROW_BYTES * 1.5) / 100));
    const records = split(`a,"open\n${filler}c,d\n`, 256 * 1024);
    expect(records[0]).toMatchObject({ text: 'a,"open', fault: "quote_not_closed" });
    expect(records.at(-1)).toMatchObject({ text: "c,d", fault: null });
  });

  test("bytes that are no UTF-8", () => {
    const splitter = new RecordSplitter({ delimiter: ",", newline: "\n", position: 0 });
    const records = splitter.push(Buffer.concat([Buffer.from("a,"), Buffer.from([0xfe]), Buffer.from("\nb,c\n")]));
    expect(records.map(({ fault }) => fault)).toEqual(["not_utf8", null]);
  });
});

test("in JSON lines quotes mean nothing", () => {
  expect(split('{"a":"\\""}\n{"b":1}', 3, null).map(({ text }) => text)).toEqual(['{"a":"\\""}', '{"b":1}']);
});
