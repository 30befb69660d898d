import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { sqlState } from "./db.ts";

const SECRET_FILE = "secret.key";
const ACCESS_FILE = "access.json";
const SECRET_BYTES = 32;

/** The root secret of this installation; made at the first start. Nodes that share a database share this file. */
export async function readRootSecret(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, SECRET_FILE);
  const known = await readIfThere(path);
  if (known !== null) return Buffer.from(known.trim(), "base64");
  await mkdir(dataDir, { recursive: true });
  const secret = randomBytes(SECRET_BYTES).toString("base64");
  try {
    await writeFile(path, `${secret}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    // The other part has just written it.
    if (sqlState(error) !== "EEXIST") throw error;
  }
  return Buffer.from((await readFile(path, "utf8")).trim(), "base64");
}

/** How the person at this machine gets in: kept so that each start can say it again. Mode 0600. */
export interface AccessFile {
  readonly url: string;
  readonly write_key: string;
  readonly api_key: string;
  readonly demo: { readonly email: string; readonly password: string } | null;
}

export async function readAccess(dataDir: string): Promise<AccessFile | null> {
  const text = await readIfThere(join(dataDir, ACCESS_FILE));
  return text === null ? null : (JSON.parse(text) as AccessFile);
}

export async function writeAccess(dataDir: string, access: AccessFile): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, ACCESS_FILE), `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (sqlState(error) === "ENOENT") return null;
    throw error;
  }
}
