import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterEach, beforeEach, expect, test } from "vitest";

import { lockDataFolder } from "./data-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kilim-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a second Kilim on the same folder is refused with a sentence, until the first lets go", async () => {
  const first = await lockDataFolder(folder);
  await expect(lockDataFolder(`${folder}/../${folder.split("/").at(-1)}`)).rejects.toThrow(
    /^Another Kilim is running on .*: stop it first, or set KILIM_DATA/,
  );
  await first.release();
  await (await lockDataFolder(folder)).release();
});

test("the lock of a killed Kilim is gone with it", async () => {
  const code = `import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, "data-lock.ts"))};
    await lockDataFolder(${JSON.stringify(folder)});
    process.stdout.write("locked", () => process.kill(process.pid, "SIGKILL"));`;
  const ended = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]).catch(
    (error: unknown) => error,
  );
  expect(ended).toMatchObject({ stdout: "locked", signal: "SIGKILL" });
  await (await lockDataFolder(folder)).release();
});
