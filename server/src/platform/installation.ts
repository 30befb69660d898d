import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Clock } from "./clock.ts";
import { type Db, one, sql, sqlState } from "./db.ts";
import { createSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

const SECRET_FILE = "secret.key";
const ACCESS_FILE = "access.json";
const SECRET_BYTES = 32;
const SECRET_MARK = "root_secret_mark";
const SECRET_IS_MISSING =
  "Kilim's database was begun with a root secret that is not here: set KILIM_SECRET to the content of secret.key of the node that was started first.";
const SECRET_IS_ANOTHER =
  "Kilim's database was begun with another root secret than KILIM_SECRET (or secret.key in the data folder) holds: set KILIM_SECRET to the content of secret.key of the node that was started first.";

type SecretPlace = Pick<Settings, "secret" | "dataDir">;

/** The root secret of this installation; `prepareSecret` has seen to it that there is one. */
export async function readRootSecret(place: SecretPlace): Promise<Buffer> {
  const known = await findSecret(place);
  if (known === null) throw new Error(`${join(place.dataDir, SECRET_FILE)} is gone`);
  return known;
}

/**
 * Makes the root secret at the first start of all. The database remembers by a signature which one it was, so that no
 * node ever works with another: what one has sealed the other could not read. Throws StartError.
 */
export async function prepareSecret(db: Db, clock: Clock, place: SecretPlace): Promise<void> {
  const known = await findSecret(place);
  const secret = known ?? randomBytes(SECRET_BYTES);
  const mark = createSecrets(secret).sign("installation", "root secret");
  if (known !== null || !(await readMark(db))) await writeMark(db, clock, mark);
  if ((await readMark(db)) !== mark) throw new StartError(known === null ? SECRET_IS_MISSING : SECRET_IS_ANOTHER);
  if (known !== null) return;
  await mkdir(place.dataDir, { recursive: true });
  await writeFile(join(place.dataDir, SECRET_FILE), `${secret.toString("base64")}\n`, { mode: 0o600, flag: "wx" });
}

async function findSecret({ secret, dataDir }: SecretPlace): Promise<Buffer | null> {
  const text = secret ?? (await readIfThere(join(dataDir, SECRET_FILE)));
  return text === null ? null : Buffer.from(text.trim(), "base64");
}

async function readMark(db: Db): Promise<string | undefined> {
  return (await one(db, sql<{ value: string }>`select value from platform.settings where name = ${SECRET_MARK}`))
    ?.value;
}

/** The first one counts. */
async function writeMark(db: Db, clock: Clock, mark: string): Promise<void> {
  await sql`
    insert into platform.settings (name, value, updated_at)
    values (${SECRET_MARK}, ${JSON.stringify(mark)}::jsonb, ${clock.now().toString()}) on conflict do nothing`.execute(
    db,
  );
}

/** How the person at this machine gets in: kept so that each start can say it again. Mode 0600. */
export interface AccessFile {
  readonly url: string;
  /** Null where another node on the same database has made it. */
  readonly write_key: string | null;
  readonly api_key: string | null;
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
