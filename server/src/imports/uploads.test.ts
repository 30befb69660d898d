import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ImportDetail, UploadView } from "./contracts.ts";
import { importData } from "./index.ts";
import { importText, putChunk, untilOver, upload } from "./testing/import-text.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

async function begin(body: Record<string, unknown>): Promise<UploadView> {
  return (await server.call<UploadView>("POST", "/v1/imports/files", body)).body;
}

const sha256 = (bytes: Uint8Array, form: "hex" | "base64") => createHash("sha256").update(bytes).digest(form);
const code = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code];

test("IMP-22 an upload goes on from where it broke off, and is checked whole", async () => {
  const bytes = Buffer.from(`email\n${"someone@example.com\n".repeat(1_000)}`);
  const file = await begin({ name: "list.csv", bytes: bytes.length, sha256: sha256(bytes, "hex") });
  expect(file).toMatchObject({ offset: 0, chunk_bytes: 8 * 1024 * 1024 });
  const first = bytes.subarray(0, 5_000);
  const answer = await putChunk(server, file.id, 0, first, {
    "content-digest": `sha-256=:${sha256(first, "base64")}:`,
  });
  expect(await answer.json()).toMatchObject({ offset: 5_000 });
  const broken = await putChunk(server, file.id, 5_000, bytes.subarray(5_000), {
    "content-digest": `sha-256=:${sha256(first, "base64")}:`,
  });
  expect(await code(broken)).toEqual([400, "chunk_broken"]);
  const { body } = await server.call<UploadView>("GET", `/v1/imports/files/${file.id}`);
  expect(body.offset).toBe(5_000);
  expect(await code(await putChunk(server, file.id, 0, bytes))).toEqual([409, "wrong_offset"]);
  expect(await code(await putChunk(server, file.id, 5_000, Buffer.concat([bytes, bytes])))).toEqual([
    413,
    "chunk_too_large",
  ]);
  const early = { file: file.id, kind: "people", columns: [{ column: "email", field: "email" }] };
  expect((await server.call("POST", "/v1/imports", early)).body).toMatchObject({ code: "file_incomplete" });
  expect((await putChunk(server, file.id, 5_000, bytes.subarray(5_000))).status).toBe(200);
  const { body: started } = await server.call<ImportDetail>("POST", "/v1/imports", early);
  expect(await untilOver(server, started.id)).toMatchObject({ state: "done", rows: 1_000, accepted: 1, repeated: 999 });
  expect((await server.call("POST", "/v1/imports", early)).status).toBeGreaterThanOrEqual(404);
});

test("IMP-23 what arrives is what was announced, or the file is thrown away", async () => {
  const bytes = Buffer.from("email\na@example.com\n");
  const file = await begin({ name: "list.csv", bytes: bytes.length, sha256: sha256(Buffer.from("other"), "hex") });
  expect(await code(await putChunk(server, file.id, 0, bytes))).toEqual([400, "digest_mismatch"]);
  expect((await server.call("GET", `/v1/imports/files/${file.id}`)).status).toBe(404);
});

test("IMP-24 a name is only a name, and a file larger than may be imported is refused before it comes", async () => {
  const id = await upload(server, "email\na@example.com\n", "../../../etc/passwd");
  const folder = join(server.dataDir, "imports");
  expect(await readdir(folder)).toContain(id);
  const { status, body } = await server.call("POST", "/v1/imports/files", { name: "x", bytes: 1e12 });
  expect([status, body]).toMatchObject([413, { code: "file_too_large" }]);
});

test("IMP-25 uploads need a key or a session", async () => {
  const headers = { authorization: `Bearer ${server.writeKey}` };
  expect((await server.call("POST", "/v1/imports/files", { name: "x", bytes: 1 }, headers)).status).toBe(403);
  const id = await upload(server, "email\na@example.com\n");
  expect((await putChunk(server, id, 0, Buffer.from("x"), headers)).status).toBe(403);
  expect((await fetch(`${server.url}/v1/imports/${id}/errors`)).status).toBe(401);
});

test("IMP-36 erasing a person takes her out of the rows with errors, and an export shows them", async () => {
  const text = "email,born\nerase.me@example.com,yesterday\nsomeone@example.com,yesterday\n";
  const columns = [
    { column: "email", field: "email" },
    { column: "born", field: "trait:birthday", type: "date" },
  ];
  const done = await importText(server, "people", text, columns);
  const identifiers = [{ type: "email", value: "erase.me@example.com" }];
  const person = { profileIds: [], identifiers, under: [], guests: [] };
  const pages = await Array.fromAsync(importData.exportOf(server.db, person));
  expect(pages).toMatchObject([{ kind: "refused_rows", rows: [{ row: 2, code: "not_a_time" }] }]);
  const marks = { at: server.clock.now().toString(), inbox: 0, outbox: 0 };
  expect(await importData.erase(server.db, person, marks)).toEqual({ removed: { problems: 1 } });
  const { body } = await server.call<ImportDetail>("GET", `/v1/imports/${done.id}`);
  expect(body.problems.map(({ row }) => row)).toEqual([3]);
});

test("IMP-26 files go when their import is done, uploads left lying after a week, rows with errors after a month", async () => {
  const done = await importText(server, "people", "email\nnobody\n", { email: "email" });
  await server.rooms.imports.workAll();
  const path = (id: string) => join(server.dataDir, "imports", id);
  expect(existsSync(path(done.file.id))).toBe(false);
  const lying = await upload(server, "email\na@example.com\n");
  await server.rooms.imports.workAll();
  expect(existsSync(path(lying))).toBe(true);
  server.clock.advance("P8D");
  await server.rooms.imports.workAll();
  expect(existsSync(path(lying))).toBe(false);
  expect((await server.call<ImportDetail>("GET", `/v1/imports/${done.id}`)).body.problems).toHaveLength(1);
  server.clock.advance("P30D");
  await server.rooms.imports.workAll();
  const { body } = await server.call<ImportDetail>("GET", `/v1/imports/${done.id}`);
  expect(body).toMatchObject({ problems: [], rejected: 1, reasons: [{ code: "not_an_email", count: 1 }] });
});
