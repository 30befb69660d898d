import { readdir } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { encodeCursor } from "../../platform/pages.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { ExportView, ListUploadView, ListView, PreviewListView } from "../contracts.ts";

let server: TestServer;

beforeAll(async () => {
  server = await createServer();
  await send(
    identify("ann", { email: "ann@shop.example", first_name: "=cmd|' /C calc'!A0", city: "Izmir", tags: ["a", "b"] }),
    identify("bob", { email: "bob@shop.example", first_name: 'Bob; "the\nbuilder"', phone: "+905551112233" }),
    identify("cem", { email: "cem@shop.example", first_name: "Cem", city: "Ankara", debt: -5 }),
  );
}, 120_000);
afterAll(() => server?.close());

function identify(userId: string, traits: object) {
  return { type: "identify", userId, traits, messageId: `identify-${userId}` };
}

async function send(...batch: object[]): Promise<void> {
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
}

async function post<T>(path: string, body: object = {}, status = 201): Promise<T> {
  const answer = await server.call<T>("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return answer.body;
}

async function get<T>(path: string): Promise<T> {
  const answer = await server.call<T>("GET", path);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

async function fetchText(path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.apiKey}` } });
  return {
    status: answer.status,
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer()),
  };
}

async function profileId(user: string): Promise<string> {
  return (await get<{ id: string }>(`/v1/profiles/user_id:${user}`)).id;
}

async function segment(name: string, definition: object): Promise<string> {
  const { id } = await post<{ id: string }>("/v1/segments", { name, definition });
  await server.settle();
  return id;
}

/** Waits for the worker of this server, or does its work. */
async function over<T extends { readonly state: string }>(path: string): Promise<T> {
  await server.rooms.segments.workJobs();
  return await expect
    .poll(() => get<T>(path), { timeout: 20_000 })
    .toSatisfy((job: T) => job.state !== "waiting" && job.state !== "running")
    .then(() => get<T>(path));
}

async function upload(name: string, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const { id } = await post<{ id: string }>("/v1/imports/files", { name, bytes: bytes.length });
  const sent = await fetch(`${server.url}/v1/imports/files/${id}?offset=0`, {
    method: "PUT",
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": "application/octet-stream" },
    body: bytes,
  });
  expect(sent.status).toBe(200);
  return id;
}

describe("SEG-16 a segment's people as a file", () => {
  const columns = [
    "identifier:user_id",
    "name",
    "identifier:phone",
    "trait:city",
    "trait:debt",
    "trait:tags",
    "consent:email",
  ];

  it("holds each member once, formulas as text, and is gone after a day", async () => {
    const id = await segment("Everybody", { trait: "email", op: "exists" });
    const made = await post<ExportView>(`/v1/segments/${id}/exports`, { columns });
    expect(made).toMatchObject({ segment_id: id, total: 3, bom: true, delimiter: "," });
    const done = await over<ExportView>(`/v1/exports/${made.id}`);
    expect(done).toMatchObject({ state: "done", done: 3, failure: null });
    const { text } = await fetchText(`/v1/exports/${made.id}/file`);
    expect(text).toBe(
      `\uFEFF${columns.join(",")}\r\n` +
        "ann,'=cmd|' /C calc'!A0,,Izmir,,a; b,unknown\r\n" +
        'bob,"Bob; ""the\nbuilder""",+905551112233,,,,unknown\r\n' +
        "cem,Cem,,Ankara,-5,,unknown\r\n",
    );
    expect(await get(`/v1/segments/${id}/exports`)).toMatchObject({ items: [{ id: made.id, state: "done" }] });
    server.clock.advance({ hours: 24, seconds: 1 });
    expect((await fetchText(`/v1/exports/${made.id}/file`)).status).toBe(410);
    await server.rooms.segments.workJobs();
    expect(await get(`/v1/exports/${made.id}`)).toMatchObject({ state: "expired" });
    const { rows } = await server.pool.query("select 1 from segments.export_lines");
    expect(rows).toHaveLength(0);
  });

  it("loses whoever is erased", async () => {
    await send(identify("gone", { email: "gone@shop.example" }));
    const id = await segment("To be erased", { trait: "email", op: "is", value: "gone@shop.example" });
    const made = await post<ExportView>(`/v1/segments/${id}/exports`, { columns: ["trait:email"] });
    await over<ExportView>(`/v1/exports/${made.id}`);
    expect((await fetchText(`/v1/exports/${made.id}/file`)).text).toContain("gone@shop.example");
    await server.call("DELETE", "/v1/profiles/user_id:gone");
    await server.settle();
    expect((await fetchText(`/v1/exports/${made.id}/file`)).text).toBe("\uFEFFtrait:email\r\n");
  });

  it("can be cancelled, goes on where it stood, and is not handed out before it is done", async () => {
    const id = await segment("Cancelled", { trait: "email", op: "exists" });
    // Another worker holds it, so that ours lets it be.
    const { rows } = await server.pool.query<{ id: string }>(
      `insert into segments.jobs (id, kind, target_id, what, created_by, state, total, lease_until, created_at)
       values (gen_random_uuid(), 'export', $1, $2, 'test', 'running', 3, '2100-01-01', '2026-01-01') returning id`,
      [id, JSON.stringify({ columns: ["identifier:user_id"], delimiter: ";", bom: false })],
    );
    const job = `/v1/exports/${rows[0]?.id}`;
    expect((await fetchText(`${job}/file`)).status).toBe(409);
    expect(await post(`${job}/cancel`, {}, 200)).toMatchObject({ state: "cancelled" });
    await post(`${job}/cancel`, {}, 409);
    // The newest member has been written before the break.
    const { body } = await server.call<{ items: { profile_id: string; entered_at: string; email: string }[] }>(
      "GET",
      `/v1/segments/${id}/members?limit=1`,
    );
    const [newest] = body.items;
    const position = encodeCursor([newest?.entered_at ?? "", newest?.profile_id ?? ""]);
    await server.pool.query("update segments.jobs set position = $1, done = 1 where id = $2", [position, rows[0]?.id]);
    await post(`${job}/resume`, {}, 200);
    expect(await over<ExportView>(job)).toMatchObject({ state: "done", done: 3 });
    const others = ["ann", "bob", "cem"].filter((user) => `${user}@shop.example` !== newest?.email);
    expect((await fetchText(`${job}/file`)).text).toBe(`identifier:user_id\r\n${others.join("\r\n")}\r\n`);
  });

  it.each([[["passwords"]], [["trait:"]], [[]], [["name", "name"]]])("refuses the columns %j", async (bad) => {
    const id = await segment(`Refused ${JSON.stringify(bad)}`, { did: "Nothing" });
    await post(`/v1/segments/${id}/exports`, { columns: bad }, 400);
  });
});

describe("SEG-17 lists by hand and by file", () => {
  it("puts the people of a file on a list, says whom it does not know, and segments follow", async () => {
    const list = await post<ListView>("/v1/lists", { name: "From a file" });
    const file = await upload(
      "people.csv",
      "Ad;E-posta\nAnn;ANN@shop.example\n;\nX;nobody@shop.example\nCem;cem@shop.example\nCem;cem@shop.example\n",
    );
    const seen = await post<PreviewListView>("/v1/list-uploads/preview", { file }, 200);
    expect(seen).toMatchObject({
      column: "E-posta",
      type: "email",
      tried: { rows: 5, matched: 3, unmatched: 1, unreadable: 1, whole: true },
      unmatched: [
        { row: 3, value: "" },
        { row: 4, value: "nobody@shop.example" },
      ],
    });
    const member = await segment("On the list", { in_list: list.id });
    const made = await post<ListUploadView>(`/v1/lists/${list.id}/uploads`, { file, column: "E-posta", type: "email" });
    expect(await over<ListUploadView>(`/v1/list-uploads/${made.id}`)).toMatchObject({
      state: "done",
      done: 5,
      matched: 3,
      unmatched: 1,
      unreadable: 1,
      changed: 2,
    });
    await server.settle();
    expect(await get(`/v1/segments/${member}`)).toMatchObject({ size: 2 });
    expect((await fetchText(`/v1/list-uploads/${made.id}/unmatched`)).text).toBe(
      "\uFEFFrow,E-posta,reason\r\n3,,unreadable\r\n4,nobody@shop.example,unmatched\r\n",
    );
    const off = await post<ListUploadView>(`/v1/lists/${list.id}/uploads`, {
      file,
      column: "E-posta",
      type: "email",
      action: "remove",
    });
    expect(await over<ListUploadView>(`/v1/list-uploads/${off.id}`)).toMatchObject({ state: "done", changed: 2 });
    await server.settle();
    expect(await get(`/v1/segments/${member}`)).toMatchObject({ size: 0 });
  });

  it("reads JSON lines and profile ids, and refuses a column that is not there", async () => {
    const list = await post<ListView>("/v1/lists", { name: "From lines" });
    const file = await upload("people.jsonl", `{"who":"${await profileId("bob")}"}\n{"who":"not an id"}\n`);
    await post(`/v1/lists/${list.id}/uploads`, { file, column: "whom", type: "profile_id" }, 400);
    const made = await post<ListUploadView>(`/v1/lists/${list.id}/uploads`, {
      file,
      column: "who",
      type: "profile_id",
    });
    expect(await over<ListUploadView>(`/v1/list-uploads/${made.id}`)).toMatchObject({ matched: 1, unmatched: 1 });
    const members = await get<{ items: { email: string }[] }>(`/v1/lists/${list.id}/members`);
    expect(members.items.map(({ email }) => email)).toEqual(["bob@shop.example"]);
  });

  it("says that the file is gone, before and after it was put on the list, and keeps who is on it", async () => {
    const list = await post<ListView>("/v1/lists", { name: "Gone file" });
    const nowhere = "019a0000-0000-7000-8000-0000000000ff";
    await post(`/v1/lists/${list.id}/uploads`, { file: nowhere, column: "a", type: "email" }, 404);
    const file = await upload("people.csv", "email\nann@shop.example\n");
    const made = await post<ListUploadView>(`/v1/lists/${list.id}/uploads`, { file, column: "email", type: "email" });
    await over<ListUploadView>(`/v1/list-uploads/${made.id}`);
    // As if it had been cancelled, and the file removed for its age.
    await server.pool.query("update segments.jobs set state = 'cancelled' where id = $1", [made.id]);
    await server.pool.query("update imports.file set removed_at = touched_at where id = $1", [file]);
    await post(`/v1/list-uploads/${made.id}/resume`, {}, 404);
    expect((await fetchText(`/v1/list-uploads/${made.id}/unmatched`)).status).toBe(404);
    expect(await get(`/v1/lists/${list.id}`)).toMatchObject({ size: 1 });
  });

  it.skipIf(process.platform !== "linux")("reads no more of a file than it needs, and closes it", async () => {
    const file = await upload("long.csv", `email\n${"x@y.example\n".repeat(200_000)}`);
    const open = async () => (await readdir("/proc/self/fd")).length;
    const before = await open();
    for (let n = 0; n < 20; n++)
      expect(await post<PreviewListView>("/v1/list-uploads/preview", { file }, 200)).toMatchObject({
        tried: { rows: 1_000, whole: false },
      });
    expect((await open()) - before).toBeLessThan(10);
  });

  it("is renamed, and deleted unless a segment asks for it", async () => {
    const list = await post<ListView>("/v1/lists", { name: "Old name" });
    await post("/v1/lists", { name: "Taken" });
    const rename = (name: string) => server.call<ListView>("PUT", `/v1/lists/${list.id}`, { name });
    expect(await rename("New name")).toMatchObject({
      status: 200,
      body: { name: "New name", used_by: [], is_used: false },
    });
    expect(await rename("TAKEN")).toMatchObject({
      status: 409,
      body: { code: "list_name_taken", errors: [{ path: "name" }] },
    });
    await post(`/v1/lists/${list.id}/members`, { add: [await profileId("ann")] }, 200);
    const user = await segment("Asks for it", { not: { in_list: list.id } });
    expect(await get(`/v1/lists/${list.id}`)).toMatchObject({ size: 1, used_by: [{ id: user, name: "Asks for it" }] });
    const remove = () => server.call<{ code: string }>("DELETE", `/v1/lists/${list.id}`);
    expect(await remove()).toMatchObject({ status: 409, body: { code: "list_in_use" } });
    await server.call("DELETE", `/v1/segments/${user}`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });
});
