import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";

const SCRIPT = resolve(import.meta.dirname, "../../import.ts");

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await createServer();
  folder = await mkdtemp(join(tmpdir(), "kilim-import-"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function command(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return promisify(execFile)(process.execPath, [SCRIPT, ...words, "--url", server.url, "--key", server.apiKey]).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  );
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("IMP-32 a file is imported by what its header says, and the report says what became of it", async () => {
  const path = await file("people.csv", "E-posta;Şehir\na@example.com;İzmir\nnobody;Ankara\n");
  const first = await command("people", path);
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toContain("people.csv: read 2 rows.");
  expect(first.out).toContain("Taken in: 1 people (1 events). Imported before: 0.");
  expect(first.out).toContain("1 × E-posta: The value is no e-mail address. (row 3)");
  expect((await command("people", path)).out).toContain("Taken in: 0 people (0 events). Imported before: 1.");
  await server.settle();
  const { body } = await server.call<{ traits: object }>("GET", "/v1/profiles/email:a@example.com");
  expect(body.traits).toMatchObject({ city: "İzmir" });
});

test("IMP-33 a mapping of one's own, options said over it, and a dry run that takes nothing in", async () => {
  const path = await file("orders.csv", 'nr,day,who,sum\nA1,02.01.2025 10:00,u-77,"12,50"\n');
  const map = await file(
    "map.json",
    JSON.stringify({
      columns: [
        { column: "nr", field: "order_id" },
        { column: "day", field: "time" },
        { column: "who", field: "user_id" },
        { column: "sum", field: "total" },
      ],
      options: { decimal: ",", currency: "EUR" },
    }),
  );
  const dry = await command("orders", "--map", map, "--dry-run", path);
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining("all 1 rows would give 1 orders") });
  expect((await server.call("GET", "/v1/profiles/user_id:u-77")).status).toBe(404);
  expect(await command("orders", "--map", map, "--currency", "TRY", "--zone", "Europe/Istanbul", path)).toMatchObject({
    code: 0,
  });
  await server.settle();
  const { body } = await server.call<{ computed: object }>("GET", "/v1/profiles/user_id:u-77");
  expect(body.computed).toMatchObject({ revenue: 1_250, currency: "TRY", first_order_at: "2025-01-02T07:00:00.000Z" });
});

test("IMP-34 what cannot be done is one sentence and 1; a wrong call is the usage and 2", async () => {
  const path = await file("other.csv", "a,b\n1,2\n");
  expect(await command("orders", path)).toMatchObject({ code: 1, err: expect.stringContaining("the order's number") });
  expect(await command("people", join(folder, "none.csv"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/ENOENT/),
  });
  expect(await command("people", "--decimal", "x", path)).toMatchObject({
    code: 1,
    err: expect.stringContaining("decimal"),
  });
  expect(await command("pears", path)).toMatchObject({ code: 2, err: expect.stringContaining("usage:") });
  expect(await command("people", "--colour", "red", path)).toMatchObject({ code: 2 });
  expect(await command("people", "--preset", "online-retail", path)).toMatchObject({ code: 2 });
});
