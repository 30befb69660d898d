import { rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StartError } from "../start-error.ts";

export interface DataLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only Kilim on a data folder. The lock is a listening socket named after the folder's
 * device and inode: the kernel gives it to one process only and takes it back however that process ends, so a
 * `kill -9` leaves nothing behind. On Linux the name is abstract (no file). Throws StartError when it is taken.
 */
export async function lockDataFolder(dataDir: string): Promise<DataLock> {
  const { dev, ino } = await stat(dataDir, { bigint: true });
  const name = `kilim-data-${dev}-${ino}`;
  const path = process.platform === "linux" ? `\0${name}` : join(tmpdir(), `${name}.sock`);
  // Elsewhere the name is a file, which outlives a `kill -9`; then nobody answers on it.
  if (!path.startsWith("\0") && !(await answers(path))) await rm(path, { force: true });
  const server = createServer((socket) => socket.end());
  await listen(server, path, dataDir);
  server.unref();
  return { release: () => new Promise((done) => server.close(() => done())) };
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once("connect", () => socket.end(() => done(true)));
    socket.once("error", () => done(false));
  });
}

function listen(server: Server, path: string, dataDir: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("listening", done);
    server.once("error", (error: NodeJS.ErrnoException) => {
      fail(
        error.code === "EADDRINUSE"
          ? new StartError(
              `Another Kilim is running on ${dataDir}: stop it first, or set KILIM_DATA to another folder for this one.`,
              error,
            )
          : error,
      );
    });
    server.listen(path);
  });
}
