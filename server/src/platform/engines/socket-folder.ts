import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
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
 * socket's path would become too long for the kernel.
 */
export async function makeSocketFolder(
  dataDir: string,
  name: string,
  socket: string,
  owner?: { uid: number; gid: number },
): Promise<SocketFolder> {
  const wanted = join(dataDir, "run", name);
  const fits = Buffer.byteLength(join(wanted, socket)) <= LONGEST_SOCKET_PATH;
  if (fits) {
    // `run` itself must let the engine's account pass; what is private lies one deeper.
    await mkdir(join(dataDir, "run"), { recursive: true, mode: 0o755 });
    await rm(wanted, { recursive: true, force: true });
    await mkdir(wanted, { mode: 0o700 });
  }
  const path = fits ? wanted : await mkdtemp(join(tmpdir(), `kilim-${name}-`));
  await chmod(path, 0o700);
  if (owner) await chown(path, owner.uid, owner.gid);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
