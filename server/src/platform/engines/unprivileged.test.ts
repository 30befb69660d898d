import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { chooseAccount, mayReach, pickAccount } from "./unprivileged.ts";

const root = "root:x:0:0:root:/root:/bin/bash";
const nobody = "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin";
const postgres = "postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash";
const app = "app:x:1000:1001::/home/app:/bin/sh";

test("PostgreSQL's account is postgres, else nobody, else the first other one, else a number", () => {
  expect(pickAccount([root, app, nobody, postgres].join("\n")).name).toBe("postgres");
  expect(pickAccount([root, app, nobody].join("\n")).name).toBe("nobody");
  expect(pickAccount([root, app].join("\n"))).toEqual({ name: "app", uid: 1000, gid: 1001 });
  expect(pickAccount("")).toEqual({ name: "65534", uid: 65534, gid: 65534 });
});

test("a folder that only its owner may enter is reached by the owner alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "kilim-reach-"));
  const me = process.getuid?.() ?? 0;
  expect(mayReach(folder, me, 0)).toBe(true);
  expect(mayReach(folder, me + 1, 999_999)).toBe(false);
  rmSync(folder, { recursive: true });
});

test.runIf(process.getuid?.() === 0)(
  "as root, the account may run a program in a folder that only root may enter",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "kilim-reach-"));
    copyFileSync("/bin/sh", join(folder, "program"));
    const { command, other } = chooseAccount([folder], join(folder, "cluster"));
    const { file, args, ...as } = command(join(folder, "program"), ["-c", `test -x ${folder}/program && id -u`]);
    const ran = spawnSync(file, args, { ...as, cwd: "/", encoding: "utf8" });
    expect(ran).toMatchObject({ status: 0, stdout: `${other?.uid}\n` });
    rmSync(folder, { recursive: true });
  },
);
