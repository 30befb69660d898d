import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, "..");
const DOCS = join(ROOT, "docs");

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await createServer();
  // Inside the repository, so that examples find the packages they import.
  folder = await mkdtemp(join(import.meta.dirname, ".docs-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await server.close();
});

/** The fenced blocks of a language, in order. */
async function blocksOf(page: string, language: string): Promise<string[]> {
  const text = await readFile(join(DOCS, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((match) => match[1] ?? "");
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, KILIM: server.url, WRITE_KEY: server.writeKey, API_KEY: server.apiKey };
}

interface Shown {
  identifiers: { type: string; value: string }[];
  traits: Record<string, string>;
  computed: { orders: number; revenue: number; channels: Record<string, unknown> };
}

describe("docs/content.md", () => {
  test("its command publishes the template that it shows", async () => {
    const [, command = ""] = await blocksOf("content.md", "sh");
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", command], { env: environment() });
    expect(JSON.parse(stdout)).toMatchObject({ channel: "sms", version: 1, purpose: "transactional" });
  });
});

describe("docs/send-events.md", () => {
  test("its commands do what the page says", async () => {
    const [settings = "", ...commands] = await blocksOf("send-events.md", "sh");
    expect(settings).toMatch(/KILIM=.*\nWRITE_KEY=.*\nAPI_KEY=/);
    const answers: string[] = [];
    for (const command of commands) {
      const { stdout } = await run("bash", ["-euo", "pipefail", "-c", command], { env: environment() });
      answers.push(stdout);
      await server.settle();
    }
    expect(answers.slice(0, -1)).toEqual(Array(3).fill('{"success":true}'));
    const person = JSON.parse(answers.at(-1) ?? "") as Shown;
    expect(person.identifiers.map(({ type, value }) => `${type}:${value}`).sort()).toEqual([
      "anonymous_id:browser-1",
      "email:ayse@example.com",
      "user_id:42",
    ]);
    expect(person.traits).toMatchObject({ first_name: "Ayşe", city: "İzmir" });
    expect(person.computed).toMatchObject({ orders: 1, revenue: 12_950 });
    expect(Object.keys(person.computed.channels).sort()).toEqual(["store", "web"]);
  });

  test("the order sent again counts once", async () => {
    const commands = await blocksOf("send-events.md", "sh");
    const order = commands.find((command) => command.includes("/v1/batch")) ?? "";
    await run("bash", ["-euo", "pipefail", "-c", order], { env: environment() });
    await server.settle();
    const { body } = await server.call<Shown>("GET", "/v1/profiles/user_id:42");
    expect(body.computed.orders).toBe(1);
  });

  test("its example for Segment's Node client arrives", async () => {
    const [example = ""] = await blocksOf("send-events.md", "js");
    const file = join(folder, "segment.mjs");
    await writeFile(file, example);
    await run(process.execPath, [file], { env: environment() });
    await server.settle();
    const { body } = await server.call<{ items: { event: string; channel: string }[] }>(
      "GET",
      "/v1/profiles/user_id:42/events",
    );
    expect(body.items).toContainEqual(expect.objectContaining({ event: "Product Added", channel: "app" }));
  });
});

test("docs/import.md: its example of the items endpoint is taken in once, and moves the overview", async () => {
  const [example = ""] = await blocksOf("import.md", "json");
  const first = await server.call("POST", "/v1/import/items", JSON.parse(example));
  expect(first.body).toEqual({ accepted: 1, repeated: 0, changed: [], rejected: [] });
  const second = await server.call("POST", "/v1/import/items", JSON.parse(example));
  expect(second.body).toEqual({ accepted: 0, repeated: 1, changed: [], rejected: [] });
  await server.settle();
  const { body } = await server.call<{ by_month: { month: string; orders: number; revenue: number }[] }>(
    "GET",
    "/v1/overview?currency=EUR",
  );
  expect(body.by_month).toContainEqual(expect.objectContaining({ month: "2025-05", orders: 1, revenue: 4_990 }));
});

test("docs/webhooks.md: its command makes a webhook and shows its secret", async () => {
  const [command = ""] = await blocksOf("webhooks.md", "sh");
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", command], { env: environment() });
  expect(JSON.parse(stdout)).toMatchObject({ secret: expect.stringMatching(/^whsec_/), state: "enabled" });
});

test("pages of the repository link to pages that exist", async () => {
  const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
  for (const page of [
    "getting-started.md",
    "concepts.md",
    "send-events.md",
    "import.md",
    "webhooks.md",
    "glossary.md",
  ]) {
    pages.push(join("docs", page));
  }
  for (const page of pages) {
    const text = await readFile(join(ROOT, page), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+\.md)[^)]*\)/g)) {
      const path = resolve(ROOT, page, "..", target);
      await expect(readFile(path, "utf8"), `${page} → ${target}`).resolves.toBeTruthy();
    }
  }
});
