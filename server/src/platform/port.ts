import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { StartError } from "./start-error.ts";

/** The api part of a killed Kilim needs a moment to see that its supervisor is gone. */
const PATIENCE_MS = 2_000;

/** Returns when the address can be listened on. Throws StartError. */
export async function untilPortIsFree(host: string, port: number): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(50)) {
    const error = await tryToListen(host, port);
    if (!error) return;
    if (error.code !== "EADDRINUSE" || Date.now() > until) throw explain(error, host, port);
  }
}

function tryToListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(undefined)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} on ${host} is in use: stop the program that uses it, or set KILIM_PORT to another port.`,
        error,
      );
    case "EACCES":
      return new StartError(`This account may not listen on port ${port}: set KILIM_PORT to 1024 or higher.`, error);
    default:
      return new StartError(
        `Kilim cannot listen on ${host} (${error.code}): set KILIM_HOST to an address of this machine.`,
        error,
      );
  }
}
