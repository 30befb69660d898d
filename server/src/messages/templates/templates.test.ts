import { afterAll, beforeAll, expect, test } from "vitest";

import { openPostOffice, type PostOffice } from "../testing/post-office.ts";

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice({ smtp: false });
});
afterAll(() => office.close());

const contents = (body: string, subject = "Hi {{ person.first_name }}") => ({ en: { subject, body } });
const create = (payload: object) => office.app.inject({ method: "POST", url: "/v1/templates", payload });

test("a template is published, listed, changed to the next version and previewed as a real person", async () => {
  const created = await create({ name: "Welcome", contents: contents("Hello {{ person.first_name }}") });
  expect(created.statusCode).toBe(201);
  const { id } = created.json();
  const changed = await office.app.inject({
    method: "PUT",
    url: `/v1/templates/${id}`,
    payload: {
      name: "Welcome",
      contents: { ...contents("Hello again {{ person.first_name }}"), id: { subject: "Hai", body: "Halo" } },
    },
  });
  expect(changed.json()).toMatchObject({ version: 2, purpose: "marketing" });
  const list = (await office.app.inject("/v1/templates")).json();
  expect(list.items[0]).toMatchObject({ id, version: 2, languages: ["en", "id"] });

  const person = office.addPerson({ first_name: "Ayu", email: "ayu@example.com", language: "id" });
  const preview = (payload: object) =>
    office.app.inject({ method: "POST", url: `/v1/templates/${id}/preview`, payload }).then((answer) => answer.json());
  expect(await preview({ profile: person })).toMatchObject({ language: "id", subject: "Hai", errors: [] });
  expect(await preview({ profile: person, language: "en" })).toMatchObject({ subject: "Hi Ayu", errors: [] });
  const missing = await preview({ profile: person, content: { subject: "{{ person.shoe_size }}", body: "x" } });
  expect(missing.errors.join()).toContain("shoe_size");
  const broken = await preview({ content: { subject: "x", body: "{% if a %}" } });
  expect(broken.errors.length).toBeGreaterThan(0);
  expect(broken.mistakes).toMatchObject([
    { path: "body", code: "liquid_not_closed", message: broken.errors[0], value: "tag {% if a %} not closed" },
  ]);
});

test("MSG-6 mistakes come back with the field they are in, and nothing is published", async () => {
  const answer = await create({
    name: "Broken",
    contents: {
      en: {
        subject: "{{ a | nope }}",
        body: "<mjml><mj-body>{% if x %}<mj-section></mj-section>{% endif %}</mj-body></mjml>",
      },
    },
  });
  expect(answer.statusCode).toBe(400);
  const paths = answer.json().errors.map((error: { path: string }) => error.path);
  expect(paths).toContain("contents.en.subject");
  expect(paths).toContain("contents.en.body");
  expect((await create({ name: "No default", default_language: "tr", contents: contents("x") })).statusCode).toBe(400);
  expect((await create({ name: "No language", contents: {} })).statusCode).toBe(400);
});

test("MSG-6 what the checks call an error is not published, with the field; a warning passes", async () => {
  const wrong = await create({ name: "Wrong", contents: contents('<a href="#">{{ persn.name }}</a>') });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.json().errors).toEqual([
    { path: "contents.en.body", message: "A link or picture leads nowhere. (#)", code: "link_empty", value: "#" },
    {
      path: "contents.en",
      message: "There is no such variable. (persn.name)",
      code: "variable_unknown",
      value: "persn.name",
    },
  ]);
  const warned = await create({ name: "Warned", contents: contents('<a href="http://shop.test">Look</a>', "RE: hi") });
  expect(warned.statusCode).toBe(201);
  const { id } = warned.json();
  const change = { name: "Warned", contents: contents('<a href="">Look</a>') };
  const changed = await office.app.inject({ method: "PUT", url: `/v1/templates/${id}`, payload: change });
  expect(changed.json().errors[0].path).toBe("contents.en.body");
  expect((await office.app.inject(`/v1/templates/${id}`)).json().version).toBe(1);
});

test("a template is duplicated with all it says, and archived: offered nowhere, and still there for what uses it", async () => {
  const { id } = (await create({ name: "Seasonal", priority: 3, contents: contents("Hello") })).json();
  const post = (verb: string, payload?: object) =>
    office.app.inject({ method: "POST", url: `/v1/templates/${id}/${verb}`, ...(payload ? { payload } : {}) });
  const copy = await post("duplicate", { name: "Seasonal (copy)" });
  expect(copy.statusCode).toBe(201);
  expect(copy.json()).toMatchObject({ name: "Seasonal (copy)", version: 1, priority: 3, contents: contents("Hello") });
  const names = async (query: string) =>
    (await office.app.inject(`/v1/templates${query}`)).json().items.map((row: { name: string }) => row.name);
  expect((await post("archive")).json().archived_at).not.toBeNull();
  expect(await names("")).not.toContain("Seasonal");
  expect(await names("?archived=true")).toEqual(["Seasonal"]);
  expect((await office.app.inject(`/v1/templates/${id}`)).statusCode).toBe(200);
  expect((await post("unarchive")).json().archived_at).toBeNull();
  expect(await names("")).toContain("Seasonal");
});

test("a message asked for by API is queued and, being owed, sent without consent", async () => {
  const { id } = (
    await create({ name: "Receipt", purpose: "transactional", contents: contents("Order {{ data.order }}") })
  ).json();
  const person = office.addPerson({ first_name: "Max", email: "max@example.com" }, {});
  const payload = { template_id: id, profile: person, data: { order: "A-1" } };
  const sent = await office.app.inject({ method: "POST", url: "/v1/messages", payload });
  expect(sent.statusCode).toBe(202);
  await office.messages.sendDue();
  const mail = (await office.app.inject(`/v1/mailbox/${sent.json().id}`)).json();
  expect(mail).toMatchObject({ to: "max@example.com", subject: "Hi Max" });
  expect(mail.text).toContain("Order A-1");
  const again = () =>
    office.app.inject({ method: "POST", url: "/v1/messages", payload, headers: { "idempotency-key": "k1" } });
  expect((await again()).json().id).toBe((await again()).json().id);
  const nobody = { template_id: sent.json().id, profile: person };
  expect((await office.app.inject({ method: "POST", url: "/v1/messages", payload: nobody })).statusCode).toBe(404);
});

test("suppressed addresses are listed and can be lifted", async () => {
  const url = "/v1/suppressions";
  await office.app.inject({ method: "POST", url, payload: { address: "Stop@Example.com" } });
  expect((await office.app.inject(url)).json().items).toMatchObject([
    { address: "stop@example.com", reason: "manual" },
  ]);
  await office.app.inject({ method: "POST", url: `${url}/lift`, payload: { address: "stop@example.com" } });
  expect((await office.app.inject(url)).json().items).toEqual([]);
});

test("numbers are suppressed, listed and lifted by their channel; what is none is refused", async () => {
  const url = "/v1/suppressions";
  const post = (path: string, payload: object) => office.app.inject({ method: "POST", url: path, payload });
  const number = { channel: "sms", address: "+905550001199" };
  await post(url, number);
  const listed = async (channel: string) => (await office.app.inject(`${url}?channel=${channel}`)).json().items;
  expect(await listed("sms")).toMatchObject([{ ...number, reason: "manual" }]);
  expect(await listed("whatsapp")).toEqual([]);
  const wrong = await post(url, { channel: "sms", address: "0555 000 11 99" });
  expect(wrong.json()).toMatchObject({ status: 400, errors: [{ path: "address" }] });
  const noAddress = await post(url, { address: "ayse.example.com" });
  expect(noAddress.json()).toMatchObject({ status: 400, errors: [{ path: "address" }] });
  await post(`${url}/lift`, number);
  expect(await listed("sms")).toEqual([]);
});
