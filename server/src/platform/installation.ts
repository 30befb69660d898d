import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Clock } from "./clock.ts";
import { type Db, one, sql, sqlState } from "./db.ts";
import { createSecrets, sealKeyId } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

const SECRET_FILE = "secret.key";
const ACCESS_FILE = "access.json";
const SECRET_BYTES = 32;
const SECRET_MARK = "root_secret_mark";
const SEALING_KEY = "sealing_key";
const SECRET_IS_MISSING =
  "Kilim's database was begun with a root secret that is not here: set KILIM_SECRET to the content of secret.key of the node that was started first.";
const SECRET_IS_ANOTHER =
  "Kilim's database was begun with another root secret than KILIM_SECRET (or secret.key in the data folder) holds: set KILIM_SECRET to the content of secret.key of the node that was started first.";

const KEY_IS_MISSING =
  "Kilim's database holds what a newer key has sealed that is not here: give this node the whole KILIM_SECRET (or secret.key) of the others.";

type SecretPlace = Pick<Settings, "secret" | "dataDir">;

/** The root secret, and the newer keys behind it: the last one seals. */
export type Keys = readonly [Buffer, ...Buffer[]];

/** The keys of this installation; `prepareSecret` has seen to it that there are some. */
export async function readKeys(place: SecretPlace): Promise<Keys> {
  const known = await findKeys(place);
  if (known === null) throw new Error(`${join(place.dataDir, SECRET_FILE)} is gone`);
  return known;
}

/** Puts a new key behind the others in the data folder: at the next start it seals. Nothing is half written. */
export async function addSealingKey(dataDir: string): Promise<string> {
  const path = join(dataDir, SECRET_FILE);
  const keys = await readKeys({ dataDir, secret: undefined });
  const key = randomBytes(SECRET_BYTES);
  const text = [...keys, key].map((one) => `${one.toString("base64")}\n`).join("");
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return sealKeyId(key);
}

/**
 * Makes the root secret at the first start of all. The database remembers by a signature which one it was, so that no
 * node ever works with another: what one has sealed the other could not read. It remembers the sealing key by its id,
 * too. Throws StartError.
 */
export async function prepareSecret(db: Db, clock: Clock, place: SecretPlace): Promise<void> {
  const known = await findKeys(place);
  const keys: Keys = known ?? [randomBytes(SECRET_BYTES)];
  const [secret] = keys;
  const mark = createSecrets(secret).sign("installation", "root secret");
  if (known !== null || !(await readSetting(db, SECRET_MARK))) await writeMark(db, clock, mark);
  if ((await readSetting(db, SECRET_MARK)) !== mark)
    throw new StartError(known === null ? SECRET_IS_MISSING : SECRET_IS_ANOTHER);
  await noteSealingKey(db, clock, keys);
  if (known !== null) return;
  await mkdir(place.dataDir, { recursive: true });
  await writeFile(join(place.dataDir, SECRET_FILE), `${secret.toString("base64")}\n`, { mode: 0o600, flag: "wx" });
}

/** One key a line in the file, behind commas in the setting. */
async function findKeys({ secret, dataDir }: SecretPlace): Promise<Keys | null> {
  const text = secret ?? (await readIfThere(join(dataDir, SECRET_FILE)));
  const [root, ...newer] = (text ?? "")
    .split(/[\s,]+/)
    .flatMap((key) => (key === "" ? [] : Buffer.from(key, "base64")));
  return root === undefined ? null : [root, ...newer];
}

async function readSetting(db: Db, name: string): Promise<string | undefined> {
  return (await one(db, sql<{ value: string }>`select value from platform.settings where name = ${name}`))?.value;
}

/** A node that lacks the key which has sealed last would find secrets that it cannot open. */
async function noteSealingKey(db: Db, clock: Clock, keys: Keys): Promise<void> {
  const ids = keys.map(sealKeyId);
  const last = await readSetting(db, SEALING_KEY);
  if (last !== undefined && !ids.includes(last)) throw new StartError(KEY_IS_MISSING);
  await sql`
    insert into platform.settings (name, value, updated_at)
    values (${SEALING_KEY}, ${JSON.stringify(ids.at(-1))}::jsonb, ${clock.now().toString()})
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`.execute(db);
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
