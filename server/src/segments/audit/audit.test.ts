import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { sql } from "../../platform/db.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { AuditDifference, AuditView, SegmentView } from "../contracts.ts";

/** In the whole server: what State says was folded by the real pipeline, what History says was shipped by it. */
let server: TestServer;
let buyers = "";
let others = "";
let ids: string[] = [];
beforeAll(async () => {
  server = await createServer();
  buyers = await create("Buyers", {
    all: [
      { did: "Bought", within: "P30D" },
      { trait: "city", op: "is", value: "Izmir" },
    ],
  });
  others = await create("Never bought", { not: { did: "Bought" } });
});
afterAll(() => server.close());

/** Four people; ann and bob are buyers. */
beforeEach(async () => {
  ids = [];
  for (const who of ["ann", "bob", "cem", "dee"]) {
    await send({ type: "identify", userId: who, traits: { city: "Izmir", first_name: who } });
    if (who < "c") await send({ type: "track", event: "Bought", userId: who });
    ids.push((await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${who}`)).body.id);
  }
  await sql`delete from segments.memberships where profile_id = any(${`{${ids.join(",")}}`}::uuid[])`.execute(
    server.db,
  );
  for (const id of ids.slice(0, 2)) await putIn(buyers, id);
  for (const id of ids.slice(2)) await putIn(others, id);
});

let serial = 0;
async function send(event: object): Promise<void> {
  const batch = [{ messageId: `a${++serial}`, ...event }];
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
}

async function create(name: string, definition: object): Promise<string> {
  const { body } = await server.call<SegmentView>("POST", "/v1/segments", { name, definition });
  await server.settle();
  return body.id;
}

const ruleOf = (segmentId: string) => sql`(select rule_id from segments.segments where id = ${segmentId})`;

async function putIn(segmentId: string, profileId: string): Promise<void> {
  await sql`
    insert into segments.memberships (rule_id, profile_id, entered_at)
    values (${ruleOf(segmentId)}, ${profileId}, ${server.clock.now().toString()}) on conflict do nothing`.execute(
    server.db,
  );
}

async function takeOut(segmentId: string, profileId: string | undefined): Promise<void> {
  await sql`
    delete from segments.memberships where rule_id = ${ruleOf(segmentId)} and profile_id = ${profileId}`.execute(
    server.db,
  );
}

async function audit(segmentId?: string): Promise<AuditView> {
  const body = segmentId === undefined ? {} : { segment_id: segmentId };
  const started = await server.call<AuditView>("POST", "/v1/segments/audits", body);
  expect(started.status, JSON.stringify(started.body)).toBe(201);
  await server.rooms.segments.audit();
  return await ended(started.body.id);
}

async function ended(id: string): Promise<AuditView> {
  const look = async () => (await server.call<AuditView>("GET", `/v1/segments/audits/${id}`)).body;
  await expect.poll(async () => (await look()).state, { timeout: 20_000 }).toBe("done");
  return await look();
}

async function differences(id: string, query = ""): Promise<AuditDifference[]> {
  const { body } = await server.call<{ items: AuditDifference[] }>(
    "GET",
    `/v1/segments/audits/${id}/differences${query}`,
  );
  return body.items;
}

describe("SEG-25 an audit tells who is in by one of State and History alone", () => {
  it("finds nothing where both agree, and says whom it has looked at", async () => {
    const found = await audit();
    expect(found).toMatchObject({ segment_id: null, people: 4, looked_at: 4, differences: 0, unsettled: 0 });
    expect(found.segments.map(({ name, members, complete }) => [name, members, complete])).toEqual([
      ["Buyers", 2, true],
      ["Never bought", 2, true],
    ]);
  });

  it("finds the member whom State has lost, and the one whom it should not have", async () => {
    await takeOut(buyers, ids[0]);
    await putIn(others, ids[1] ?? "");
    const found = await audit();
    expect(found).toMatchObject({ differences: 2, unsettled: 0 });
    expect(
      (await differences(found.id))
        .map(({ segment_name, name, live, history }) => [segment_name, name, live, history])
        .sort(),
    ).toEqual([
      ["Buyers", "ann", false, true],
      ["Never bought", "bob", true, false],
    ]);
    expect(await differences(found.id, `?segment_id=${others}&limit=1`)).toMatchObject([{ profile_id: ids[1] }]);
  });

  it("looks at one segment alone when asked to", async () => {
    await takeOut(buyers, ids[0]);
    await putIn(others, ids[1] ?? "");
    expect(await audit(others)).toMatchObject({ differences: 1, segments: [{ name: "Never bought" }] });
  });

  it("finds a person whose time to leave State has forgotten", async () => {
    await sql`delete from segments.horizons`.execute(server.db);
    server.clock.advance("P31D");
    await server.settle();
    expect(await audit(buyers)).toMatchObject({ differences: 2 });
  });

  it("leaves out a segment whose definition changes, and goes on after it was cancelled", async () => {
    const { body } = await server.call<AuditView>("POST", "/v1/segments/audits", {});
    expect(await server.call("POST", `/v1/segments/audits/${body.id}/resume`)).toMatchObject({ status: 409 });
    await server.rooms.segments.audit();
    await ended(body.id);
    expect(await server.call("POST", `/v1/segments/audits/${body.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: "audit_over" },
    });
    await sql`
      update segments.audits set state = 'cancelled', looked_at = 0, after_profile = null where id = ${body.id}`.execute(
      server.db,
    );
    await sql`
      update segments.audited set looked_at = 0, rule_id = case segment_id when ${buyers} then segment_id else rule_id end
      where audit_id = ${body.id}`.execute(server.db);
    expect(await server.call("POST", `/v1/segments/audits/${body.id}/resume`)).toMatchObject({ status: 200 });
    await server.rooms.segments.audit();
    const again = await ended(body.id);
    expect(again.segments.map(({ name, complete }) => [name, complete]).sort()).toEqual([
      ["Buyers", false],
      ["Never bought", true],
    ]);
  });

  it("refuses what is not there", async () => {
    const nowhere = "019a0000-0000-7000-8000-0000000000aa";
    expect(await server.call("POST", "/v1/segments/audits", { segment_id: nowhere })).toMatchObject({ status: 404 });
    expect(await server.call("GET", `/v1/segments/audits/${nowhere}`)).toMatchObject({
      status: 404,
      body: { code: "audit_not_found" },
    });
  });
});
