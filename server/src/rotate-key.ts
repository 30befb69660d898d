/**
 * `npm run rotate-key`: a new key seals from the next start on, and the worker seals anew what older ones have sealed. Kilim
 * stands still for it: a part that came back with the new key would seal what the others cannot open.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { lockDataFolder } from "./platform/engines/data-lock.ts";
import { addSealingKey } from "./platform/installation.ts";
import { readSettings } from "./platform/settings.ts";
import { StartError } from "./platform/start-error.ts";

try {
  const settings = readSettings();
  if (settings.secret !== undefined)
    throw new StartError(
      "KILIM_SECRET is set: put a new key (`openssl rand -base64 32`) behind it, after a comma, on every node, and start them anew.",
    );
  const folder = resolve(settings.dataDir);
  if (!existsSync(join(folder, "secret.key")))
    throw new StartError(`${folder} holds no secret.key: Kilim makes one at its first start.`);
  const lock = await lockDataFolder(folder);
  try {
    const id = await addSealingKey(folder);
    console.log(
      `Key ${id} seals from the next start on. Keep secret.key with your backups: it holds the older keys, too.`,
    );
  } finally {
    await lock.release();
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
