import { createHash } from "node:crypto";
import { chmod, chown, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The kernel's limit for a socket's path is 108 bytes with its closing NUL. */
const LONGEST_SOCKET_PATH = 107;

export interface SocketFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A private folder for an engine's socket: `<dataDir>/run/<name>`, or one below the temporary folder when the
 * socket's path would become too long for the kernel. An engine started again by the same process gets the same one.
 */
export async function makeSocketFolder(
  dataDir: string,
  name: string,
  socket: string,
  owner?: { uid: number; gid: number },
): Promise<SocketFolder> {
  const wanted = join(dataDir, "run", name);
  const fits = Buffer.byteLength(join(wanted, socket)) <= LONGEST_SOCKET_PATH;
  // `run` itself must let the engine's account pass; what is private lies one deeper.
  if (fits) await mkdir(join(dataDir, "run"), { recursive: true, mode: 0o755 });
  const path = fits ? wanted : join(tmpdir(), `kilim-${process.pid}-${digest(wanted)}`);
  await rm(path, { recursive: true, force: true });
  // Fails when somebody else has put something there in the meantime.
  await mkdir(path, { mode: 0o700 });
  await chmod(path, 0o700);
  if (owner) await chown(path, owner.uid, owner.gid);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
