import { generateKeyPairSync, hash } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { inTransaction, one, rows, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Batch, Consent } from "../../profiles/contracts.ts";
import { personalData } from "../personal-data.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { type Answering, hangsUp, type Provider, says, startProvider } from "../testing/provider.ts";
import type { AdAudienceView, AdUploadView } from "./contracts.ts";

let office: PostOffice;
let network: Provider;
/** Another network, for the tests with a Google: the audiences of the others tell theirs. */
let slow: Provider;
let account: string;
/** What the network has, as one that heeds what it is told: hashes by audience. */
const there = new Map<string, Set<string>>();

beforeAll(async () => {
  office = await openPostOffice();
  network = await startProvider();
  slow = await startProvider();
  account = (
    await call<{ id: string }>(
      "POST",
      "/v1/channels/accounts",
      { channel: "ads", provider: "meta", name: "Meta", secrets: { access_token: "EAA" }, endpoint: network.url },
      201,
    )
  ).id;
});
afterAll(async () => {
  network.close();
  slow.close();
  await office.close();
});
beforeEach(() => {
  network.heard.length = 0;
  network.answer = heeds;
});

const heeds: Answering = (response, heard) => {
  takeIn(heard);
  says(200, { audience_id: "1", num_received: 1 })(response, heard);
};
/** Hears and does it; nobody hears that it has. */
const fallsSilent: Answering = (response, heard) => {
  takeIn(heard);
  hangsUp(response, heard);
};

function takeIn({ method, path, body }: { method: string; path: string; body: string }): void {
  const id = path.split("/")[1] ?? "";
  const known = there.get(id) ?? new Set();
  there.set(id, known);
  const { data } = JSON.parse(body).payload as { data: string[][] };
  for (const one of data.flat().filter((each) => each !== ""))
    if (method === "POST") known.add(one);
    else known.delete(one);
}

async function call<T = AdAudienceView>(method: string, url: string, payload?: object, status = 200): Promise<T> {
  const response = await office.app.inject({ method: method as "GET", url, ...(payload ? { payload } : {}) });
  expect(response.statusCode, response.body).toBe(status);
  return response.json() as T;
}

const yes: Consent = { ads: { marketing: { state: "granted", at: "2026-01-01T00:00:00.000Z", source: "t" } } };
const no: Consent = { ads: { marketing: { state: "denied", at: "2026-02-01T00:00:00.000Z", source: "t" } } };
const sha = (text: string) => hash("sha256", text, "hex");
let last = 100;

function follow(people: readonly string[]) {
  const segment = newId(office.world.clock);
  office.audiences.set(segment, new Set(people));
  return segment;
}

async function create(body: object): Promise<AdAudienceView> {
  return call("POST", "/v1/audiences", { name: "A", account_id: account, external_id: String(++last), ...body }, 201);
}

const read = (id: string) => call("GET", `/v1/audiences/${id}`);
const person = (email: string, consent: Consent = yes) => office.addPerson({ email }, consent);

/** A round, and whatever follows at once; then the next round may begin. */
async function sync(): Promise<void> {
  await office.messages.syncAudiences();
  office.world.clock.advance("PT61S");
}

/** What the pipeline tells when people come into or leave a segment, or change. */
async function tell(
  changes: readonly { segmentId: string; profileId: string; kind: "entered" | "exited" }[],
  changed: readonly (readonly [string, string])[] = [],
): Promise<void> {
  const now = office.world.clock.now();
  const batch = {
    now,
    events: [],
    profiles: new Map(),
    changed: new Map(changed.map(([id, what]) => [id, new Set([what])])),
    merges: [],
  } as unknown as Batch;
  const told = changes.map((one) => ({ ...one, segmentName: "S", at: now.toString(), historical: false }));
  await inTransaction(office.world.db, (tx) => office.messages.onBatch(tx, batch, told));
}

const has = (audience: AdAudienceView) => there.get(audience.external_id ?? "") ?? new Set();
const emails = (...all: string[]) => new Set(all.map(sha));

test("AUD-2 whoever is in the segment and has said yes to ads is told of, and nobody else", async () => {
  const people = [person("a@x.com"), person("b@x.com"), person("c@x.com", {}), person("d@x.com", no)];
  const audience = await create({ segment_id: follow(people) });
  expect(audience.state).toBe("filling");
  await sync();
  expect(has(audience)).toEqual(emails("a@x.com", "b@x.com"));
  expect(await read(audience.id)).toMatchObject({ state: "live", members: 4, told: 2, waiting: 0, last_error: null });
});

test("AUD-3 who comes in is added, who leaves is taken out, once each", async () => {
  const [a, b] = [person("in@x.com"), person("later@x.com")];
  const segment = follow([a]);
  const audience = await create({ segment_id: segment });
  await sync();
  office.audiences.set(segment, new Set([b]));
  await tell([
    { segmentId: segment, profileId: a, kind: "exited" },
    { segmentId: segment, profileId: b, kind: "entered" },
  ]);
  network.heard.length = 0;
  await sync();
  await sync();
  expect(has(audience)).toEqual(emails("later@x.com"));
  expect(network.heard.map(({ method }) => method)).toEqual(["DELETE", "POST"]);
  expect(await read(audience.id)).toMatchObject({ members: 1, told: 1, waiting: 0 });
});

test("AUD-3 what no notice has told is found when the segment is read again", async () => {
  const [a, b] = [person("gone@x.com"), person("new@x.com")];
  const segment = follow([a]);
  const audience = await create({ segment_id: segment });
  await sync();
  office.audiences.set(segment, new Set([b]));
  await sync();
  expect(has(audience)).toEqual(emails("gone@x.com"));
  office.world.clock.advance("PT24H");
  await sync();
  expect(has(audience)).toEqual(emails("new@x.com"));
});

test("AUD-4 a yes that is taken back takes out, a new one adds, a new address replaces the old", async () => {
  const who = person("one@x.com");
  const audience = await create({ segment_id: follow([who]) });
  await sync();
  const profile = office.people.get(who);
  if (!profile) throw new Error("nobody");
  office.people.set(who, { ...profile, consent: no });
  await tell([], [[who, "consent:ads"]]);
  await sync();
  expect(has(audience)).toEqual(new Set());
  office.people.set(who, { ...profile, traits: { email: "two@x.com" } });
  await tell([], [[who, "consent:ads"]]);
  await sync();
  expect(has(audience)).toEqual(emails("two@x.com"));
  office.people.set(who, { ...profile, traits: { email: "three@x.com" } });
  await tell([], [[who, "trait:email"]]);
  await sync();
  expect(has(audience)).toEqual(emails("three@x.com"));
});

test("AUD-4 an address that was suppressed since goes with the next day's look at everybody", async () => {
  const people = [person("bounces@x.com"), person("fine@x.com")];
  const audience = await create({});
  await inTransaction(office.world.db, (tx) =>
    office.messages.adAudiences.change(tx, audience.id, { add: people, remove: [] }),
  );
  await sync();
  expect(has(audience)).toEqual(emails("bounces@x.com", "fine@x.com"));
  await call("POST", "/v1/suppressions", { address: "bounces@x.com" });
  office.world.clock.advance("PT24H");
  await sync();
  await sync();
  expect(has(audience)).toEqual(emails("fine@x.com"));
  expect(await read(audience.id)).toMatchObject({ members: 2, told: 1, waiting: 0 });
});

test("AUD-4 an erased person is taken out by what the network was told, and nothing of them is left", async () => {
  const [a, b] = [person("erase@x.com"), person("stay@x.com")];
  const audience = await create({ segment_id: follow([a, b]) });
  await sync();
  await inTransaction(office.world.db, (tx) =>
    personalData(office.world.secrets).erase(tx, { profileIds: [a], identifiers: [] } as never),
  );
  office.people.delete(a);
  await sync();
  expect(has(audience)).toEqual(emails("stay@x.com"));
  expect(await membersOf(audience.id)).toEqual([b]);
});

const membersOf = async (id: string) =>
  (
    await rows(
      office.world.db,
      sql<{ profile_id: string | null }>`select profile_id from messages.audience_members where audience_id = ${id}`,
    )
  ).map(({ profile_id }) => profile_id);

test("AUD-5 what two people share stays as long as one of them does; a merged person is told of once", async () => {
  const [a, b] = [
    office.addPerson({ email: "a1@x.com", phone: "+905551234567" }, yes),
    office.addPerson({ email: "b1@x.com", phone: "+905551234567" }, yes),
  ];
  const segment = follow([a, b]);
  const audience = await create({ segment_id: segment });
  await sync();
  office.audiences.set(segment, new Set([b]));
  await inTransaction(office.world.db, (tx) => office.messages.onMerge(tx, [{ from: a, into: b }]));
  await tell([], [[b, "*"]]);
  await sync();
  expect(has(audience)).toEqual(new Set([sha("b1@x.com"), sha("905551234567")]));
  expect(await membersOf(audience.id)).toEqual([b]);
});

test.each([
  ["throttled", says(400, { error: { code: 80003, message: "slow", type: "x" } }), "slow"],
  ["in trouble", says(503, "no"), "503"],
  ["silent after it has taken them", fallsSilent, ""],
] as const)(
  "AUD-6 a network that is %s is told again later, says so, and loses nobody",
  async (_what, answer, words) => {
    const audience = await create({ segment_id: follow([person("again@x.com")]) });
    network.answer = answer;
    await office.messages.syncAudiences();
    const failed = await read(audience.id);
    expect(failed.last_error).toContain(words);
    expect(failed).toMatchObject({ told: 0, waiting: 1 });
    expect(failed.retry_at).not.toBeNull();
    network.answer = heeds;
    office.world.clock.advance("PT3H");
    await sync();
    expect(has(audience)).toEqual(emails("again@x.com"));
    expect(await read(audience.id)).toMatchObject({ told: 1, waiting: 0, last_error: null, retry_at: null });
  },
);

test("AUD-6 whoever dies after the network was told leaves nobody there whom nobody takes out", async () => {
  const who = person("dies@x.com");
  const segment = follow([who]);
  const audience = await create({ segment_id: segment });
  const told = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  // The worker hears no answer: it is dead.
  network.answer = (response, heard) => {
    takeIn(heard);
    told.resolve();
    void release.promise.then(() => hangsUp(response, heard));
  };
  const dying = office.anotherWorker().syncAudiences();
  await told.promise;
  network.answer = heeds;
  office.audiences.set(segment, new Set());
  await tell([{ segmentId: segment, profileId: who, kind: "exited" }]);
  office.world.clock.advance("PT4M");
  await sync();
  expect(has(audience)).toEqual(new Set());
  expect(await membersOf(audience.id)).toEqual([]);
  release.resolve();
  await dying;
  expect((await read(audience.id)).last_error).toBeNull();
});

test("AUD-7 a paused audience adds nobody and still takes out; resumed it makes up for it", async () => {
  const [a, b] = [person("p1@x.com"), person("p2@x.com")];
  const segment = follow([a]);
  const audience = await create({ segment_id: segment });
  await sync();
  await call("POST", `/v1/audiences/${audience.id}/pause`);
  office.audiences.set(segment, new Set([b]));
  await tell([
    { segmentId: segment, profileId: a, kind: "exited" },
    { segmentId: segment, profileId: b, kind: "entered" },
  ]);
  await sync();
  expect(has(audience)).toEqual(new Set());
  await call("POST", `/v1/audiences/${audience.id}/resume`);
  await sync();
  expect(has(audience)).toEqual(emails("p2@x.com"));
});

test("AUD-8 one that is removed is emptied at the network first; then it is gone", async () => {
  const audience = await create({ segment_id: follow([person("last@x.com")]) });
  await sync();
  await call("DELETE", `/v1/audiences/${audience.id}`);
  expect((await read(audience.id)).state).toBe("leaving");
  await sync();
  expect(has(audience)).toEqual(new Set());
  await call("GET", `/v1/audiences/${audience.id}`, undefined, 404);
});

test("AUD-9 journeys put people into an audience that no segment fills, and take them out", async () => {
  const who = person("run@x.com");
  const audience = await create({});
  const { adAudiences } = office.messages;
  expect(await adAudiences.check(office.world.db, audience.id)).toBeNull();
  expect(await adAudiences.check(office.world.db, newId(office.world.clock))).toBe("no such ad audience");
  const followed = await create({ segment_id: follow([]) });
  expect(await adAudiences.check(office.world.db, followed.id)).toContain("follows a segment");
  await inTransaction(office.world.db, (tx) => adAudiences.change(tx, audience.id, { add: [who], remove: [] }));
  await sync();
  expect(has(audience)).toEqual(emails("run@x.com"));
  await inTransaction(office.world.db, (tx) => adAudiences.change(tx, audience.id, { add: [], remove: [who] }));
  await sync();
  expect(has(audience)).toEqual(new Set());
});

test("AUD-10 a file to be uploaded by hand holds hashes of those who may be told of, in the network's columns", async () => {
  const people = [
    person("file@x.com"),
    person("not@x.com", no),
    office.addPerson({ email: "n@x.com", phone: "+905551234567" }, yes),
  ];
  const audience = await create({ segment_id: follow(people), account_id: null, external_id: null });
  expect(audience).toMatchObject({ state: "live", network: null, members: 3, waiting: 0 });
  const file = await office.app.inject({ url: `/v1/audiences/${audience.id}/file?network=google` });
  expect(file.headers["content-type"]).toContain("text/csv");
  const [head, ...lines] = file.body.trimEnd().split("\r\n");
  expect(head).toBe("Email,Phone");
  expect(lines.toSorted()).toEqual([`${sha("file@x.com")},`, `${sha("n@x.com")},${sha("+905551234567")}`].toSorted());
});

test("AUD-11 an audience without its account, segment or name at the network is refused, with the field", async () => {
  const bad = await call<{ errors: { path: string }[] }>(
    "POST",
    "/v1/audiences",
    { name: "A", account_id: newId(office.world.clock), external_id: "1", segment_id: newId(office.world.clock) },
    400,
  );
  expect(bad.errors.map(({ path }) => path)).toEqual(["account_id", "segment_id"]);
  await call("POST", "/v1/audiences", { name: "A", account_id: account }, 400);
  await create({});
  expect((await call<{ code: string }>("DELETE", `/v1/channels/accounts/${account}`, undefined, 409)).code).toBe(
    "account_in_use",
  );
  expect(await one(office.world.db, sql`select 1 from messages.accounts where id = ${account}`)).toBeDefined();
});

/** A Google that takes everything and says later what became of it. */
class LateNetwork {
  readonly there = new Set<string>();
  /** What it says of a request; what it was told of stays undone unless it says so. */
  says: "PROCESSING" | "SUCCESS" | "FAILED" = "PROCESSING";
  readonly answer: Answering = (response, heard) => {
    const reply = this.#replyTo(heard.path, heard.body);
    says(200, reply)(response, heard);
  };
  readonly #requests = new Map<string, () => void>();
  asked = 0;

  #replyTo(path: string, body: string): object {
    if (path === "/token") return { access_token: "ya29", expires_in: 3600 };
    if (path.endsWith("/userLists")) return { id: "88" };
    if (path.startsWith("/v1/requestStatus:retrieve")) return this.#statusOf(path.split("requestId=")[1] ?? "");
    const people = JSON.parse(body).audienceMembers as { userData: { userIdentifiers: Record<string, string>[] } }[];
    const hashes = people.flatMap(({ userData }) => userData.userIdentifiers.flatMap((one) => Object.values(one)));
    const requestId = `r${this.#requests.size + 1}`;
    this.#requests.set(requestId, () => {
      for (const one of hashes) path.endsWith(":ingest") ? this.there.add(one) : this.there.delete(one);
    });
    return { requestId };
  }

  #statusOf(requestId: string) {
    this.asked++;
    if (this.says === "SUCCESS") this.#requests.get(requestId)?.();
    const failed = { errorInfo: { errorCounts: [{ reason: "PROCESSING_ERROR_REASON_INTERNAL", recordCount: "1" }] } };
    const known = {
      audienceMembersIngestionStatus: {
        userDataIngestionStatus: { recordCount: "1", uploadMatchRateRange: "MATCH_RATE_RANGE_91_TO_100" },
      },
    };
    const more = this.says === "FAILED" ? failed : this.says === "SUCCESS" ? known : {};
    return { requestStatusPerDestination: [{ requestStatus: this.says, ...more }] };
  }
}

async function googleAccount(): Promise<string> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = {
    client_email: "a@b.iam",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    token_uri: `${slow.url}/token`,
  };
  const body = {
    channel: "ads",
    provider: "google",
    name: "Google",
    settings: { customer_id: "1234567890", terms: "accepted" },
    secrets: { service_account: JSON.stringify(file) },
    endpoint: slow.url,
  };
  return (await call<{ id: string }>("POST", "/v1/channels/accounts", body, 201)).id;
}

const uploadsOf = async (id: string) =>
  (await call<{ items: AdUploadView[] }>("GET", `/v1/audiences/${id}/uploads`)).items.map(
    ({ kind, state, people, tries, match, problems }) => ({ kind, state, people, tries, match, problems }),
  );
const said = { tries: 1, match: null, problems: [], people: 1 };

test("AUD-12 what Google makes of what it was told is asked for until it says, kept and shown", async () => {
  const google = new LateNetwork();
  slow.answer = google.answer;
  const audience = await create({ account_id: await googleAccount(), segment_id: follow([person("late@x.com")]) });
  await sync();
  expect(await uploadsOf(audience.id)).toEqual([{ ...said, kind: "added", state: "processing" }]);
  expect(google.asked).toBe(0);
  office.world.clock.advance("PT30M");
  await sync();
  expect(google.asked).toBe(1);
  expect(await uploadsOf(audience.id)).toEqual([{ ...said, kind: "added", state: "processing" }]);
  google.says = "SUCCESS";
  office.world.clock.advance("PT30M");
  await sync();
  expect(await uploadsOf(audience.id)).toEqual([
    { ...said, kind: "added", state: "done", match: { from: 91, to: 100 } },
  ]);
  await sync();
  expect(google.asked).toBe(2);
});

test("AUD-12 a network that says nothing for two days is said to be silent", async () => {
  const google = new LateNetwork();
  slow.answer = google.answer;
  const audience = await create({ account_id: await googleAccount() });
  await inTransaction(office.world.db, (tx) =>
    office.messages.adAudiences.change(tx, audience.id, { add: [person("silent@x.com")], remove: [] }),
  );
  await sync();
  office.world.clock.advance("PT48H");
  await sync();
  const { items } = await call<{ items: AdUploadView[] }>("GET", `/v1/audiences/${audience.id}/uploads`);
  expect(items.at(-1)).toMatchObject({ kind: "added", state: "silent", ask_at: null });
});

test("AUD-13 whom Google says that it did not forget it is told of again; the hashes are kept no longer than that", async () => {
  const google = new LateNetwork();
  google.says = "SUCCESS";
  slow.answer = google.answer;
  const who = person("forget@x.com");
  const segment = follow([who]);
  const audience = await create({ account_id: await googleAccount(), segment_id: segment });
  await sync();
  office.world.clock.advance("PT30M");
  await sync();
  expect(google.there).toEqual(emails("forget@x.com"));
  office.audiences.set(segment, new Set());
  await tell([{ segmentId: segment, profileId: who, kind: "exited" }]);
  google.says = "FAILED";
  await sync();
  office.world.clock.advance("PT30M");
  await sync();
  const problems = [{ reason: "PROCESSING_ERROR_REASON_INTERNAL", people: 1 }];
  expect((await uploadsOf(audience.id)).slice(0, 2)).toEqual([
    { ...said, kind: "removed", state: "processing", tries: 2 },
    { ...said, kind: "removed", state: "failed", problems },
  ]);
  google.says = "SUCCESS";
  office.world.clock.advance("PT30M");
  await sync();
  expect(google.there).toEqual(new Set());
  const kept = sql`select 1 from messages.audience_uploads where audience_id = ${audience.id} and hashes is not null`;
  expect(await one(office.world.db, kept)).toBeUndefined();
});

test("AUD-8 one that is removed stays until Google has said that it has forgotten everybody", async () => {
  const google = new LateNetwork();
  google.says = "SUCCESS";
  slow.answer = google.answer;
  const audience = await create({ account_id: await googleAccount(), segment_id: follow([person("stays@x.com")]) });
  await sync();
  google.says = "PROCESSING";
  await call("DELETE", `/v1/audiences/${audience.id}`);
  await sync();
  expect(await read(audience.id)).toMatchObject({ state: "leaving", members: 0 });
  google.says = "SUCCESS";
  office.world.clock.advance("PT31M");
  await sync();
  await sync();
  await call("GET", `/v1/audiences/${audience.id}`, undefined, 404);
});

test("AUD-14 an audience is made at the network from here; what the network refuses is said, and nothing is left", async () => {
  const google = new LateNetwork();
  slow.answer = google.answer;
  const body = { name: "Made", account_id: await googleAccount(), create: true };
  const made = await call("POST", "/v1/audiences", body, 201);
  expect(made).toMatchObject({ external_id: "88", name: "Made" });
  const refused = { ...body, name: "Refused", account_id: account };
  const problem = await call<{ code: string; detail: string }>("POST", "/v1/audiences", refused, 502);
  expect(problem).toMatchObject({ code: "ad_audience_not_made", detail: expect.stringContaining("ad_account_id") });
  const { items } = await call<{ items: AdAudienceView[] }>("GET", "/v1/audiences?limit=500");
  expect(items.map(({ name }) => name)).not.toContain("Refused");
  await call("POST", "/v1/audiences", { ...body, external_id: "5" }, 400);
});
