import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

import { StartError } from "../start-error.ts";

/** The account PostgreSQL runs under, and how to run a command as that account. */
export interface Account {
  /** undefined: the account Kilim itself runs under, which is not root. */
  readonly other: { readonly name: string; readonly uid: number; readonly gid: number } | undefined;
  command(file: string, args: readonly string[]): Command;
}

interface Command {
  readonly file: string;
  readonly args: string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** With the last, access(2) heeds the capability too; initdb asks it whether it may run `postgres`. */
const WITH_PASSAGE = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"];

/**
 * PostgreSQL refuses to run as root. Then it runs as the account that owns the cluster; a new one is given to
 * `postgres`, else `nobody`, else the first other account. When that account may not enter a folder on the way to
 * `paths` (a clone below /root, say), it is given the one capability to pass by, CAP_DAC_OVERRIDE.
 * Where setpriv is there (it is on nearly every Linux), the server is also told to stop when we are killed.
 */
export function chooseAccount(paths: readonly string[], cluster: string, passwd = readPasswd()): Account {
  const leash = hasSetpriv(["--pdeathsig=INT"]) ? ["--pdeathsig=INT"] : undefined;
  if (process.getuid?.() !== 0) {
    return {
      other: undefined,
      command: (file, args) => (leash ? setpriv(leash, file, args) : { file, args: [...args] }),
    };
  }
  const other = ownerOf(cluster) ?? pickAccount(passwd);
  const mayPass = paths.every((path) => mayReach(path, other.uid, other.gid));
  if (!leash && mayPass) {
    return { other, command: (file, args) => ({ file, args: [...args], uid: other.uid, gid: other.gid }) };
  }
  const flags = [
    ...(leash ?? []),
    `--reuid=${other.uid}`,
    `--regid=${other.gid}`,
    "--clear-groups",
    ...(mayPass ? [] : WITH_PASSAGE),
  ];
  if (!hasSetpriv(flags)) {
    throw new StartError(
      `The account "${other.name}", which runs PostgreSQL when Kilim runs as root, may not enter ${paths[0]} or ${paths[1]}: ` +
        "put Kilim and KILIM_DATA where every account may pass (not below /root), or start Kilim as another user.",
    );
  }
  return { other, command: (file, args) => setpriv(flags, file, args) };
}

function hasSetpriv(flags: readonly string[]): boolean {
  return spawnSync("setpriv", [...flags, "--", "true"], { stdio: "ignore", cwd: "/" }).status === 0;
}

/** setpriv replaces itself with the command: same process number, no process more. */
function setpriv(flags: readonly string[], file: string, args: readonly string[]): Command {
  return { file: "setpriv", args: [...flags, "--", file, ...args] };
}

function ownerOf(path: string): { name: string; uid: number; gid: number } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && stats.uid !== 0 ? { name: String(stats.uid), uid: stats.uid, gid: stats.gid } : undefined;
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return ""; // A container may have none; numeric ids need none.
  }
}

/** Reads lines of /etc/passwd: name:password:uid:gid:… */
export function pickAccount(passwd: string): { name: string; uid: number; gid: number } {
  const accounts = passwd.split("\n").flatMap((line) => {
    const [name = "", , uid, gid] = line.split(":");
    return uid !== undefined && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  const named = (name: string) => accounts.find((account) => account.name === name);
  return named("postgres") ?? named("nobody") ?? accounts[0] ?? { name: "65534", uid: 65534, gid: 65534 };
}

/** Whether the account can pass every folder on the way to `path` and read the last; looks at modes only. */
export function mayReach(path: string, uid: number, gid: number): boolean {
  let current = realpathSync(path);
  if (!allows(statSync(current), uid, gid, 0o5)) return false;
  while (current !== dirname(current)) {
    current = dirname(current);
    if (!allows(statSync(current), uid, gid, 0o1)) return false;
  }
  return true;
}

function allows(stats: Stats, uid: number, gid: number, need: number): boolean {
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0;
  return ((stats.mode >> shift) & need) === need;
}
