import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { addSealingKey, prepareSecret, readKeys } from "./installation.ts";
import { StartError } from "./start-error.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
const folders: string[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kilim-installation-"));
  folders.push(folder);
  return folder;
}

test("the first node makes the secret, others are refused until they are given the same", async () => {
  const { db, clock } = world;
  const first = { dataDir: await emptyFolder(), secret: undefined };
  const second = { dataDir: await emptyFolder(), secret: undefined };
  await prepareSecret(db, clock, first);
  await prepareSecret(db, clock, first);
  await expect(prepareSecret(db, clock, second)).rejects.toThrow(StartError);
  await expect(prepareSecret(db, clock, second)).rejects.toThrow("not here");
  const wrong = { ...second, secret: Buffer.alloc(32, 1).toString("base64") };
  await expect(prepareSecret(db, clock, wrong)).rejects.toThrow("another root secret");
  const text = await readFile(join(first.dataDir, "secret.key"), "utf8");
  const told = { ...second, secret: text.trim() };
  await prepareSecret(db, clock, told);
  expect(await readKeys(told)).toEqual(await readKeys(first));
  await writeFile(join(second.dataDir, "secret.key"), text);
  await prepareSecret(db, clock, second);
});

test("the database keeps nothing the secret could be read from", async () => {
  const text = await readFile(join(folders[0] ?? "", "secret.key"), "utf8");
  const { rows } = await world.pool.query<{ all: string }>(
    "select string_agg(value::text, '') as all from platform.settings",
  );
  expect(rows[0]?.all).not.toContain(text.trim());
});

test("a new key stands behind the old ones; a node without the newest is refused", async () => {
  const { db, clock } = world;
  const first = { dataDir: folders[0] ?? "", secret: undefined };
  const before = await readFile(join(first.dataDir, "secret.key"), "utf8");
  await addSealingKey(first.dataDir);
  const [root, next, ...more] = await readKeys(first);
  expect(`${root.toString("base64")}\n`).toBe(before);
  expect([next?.length, more.length]).toEqual([32, 0]);
  expect((await stat(join(first.dataDir, "secret.key"))).mode & 0o777).toBe(0o600);
  await prepareSecret(db, clock, first);
  const without = { ...first, secret: before.trim() };
  await expect(prepareSecret(db, clock, without)).rejects.toThrow("a newer key has sealed");
  const told = { ...first, secret: `${root.toString("base64")},${next?.toString("base64")}` };
  await prepareSecret(db, clock, told);
  expect(await readKeys(told)).toEqual(await readKeys(first));
});
