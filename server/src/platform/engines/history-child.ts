/**
 * The history child: owns the chDB folder and speaks ClickHouse's HTTP interface on a private socket. A crash of the
 * native engine ends only this process; whoever started it starts it again. Usage: history-child.ts FOLDER SOCKET
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { openChdb } from "./chdb-engine.ts";
import { lockDataFolder } from "./data-lock.ts";
import { createHistoryServer } from "./history-server.ts";

/** What one query may take before it ends with MEMORY_LIMIT_EXCEEDED. */
const QUERY_MEMORY_BYTES = 1_200_000_000;

/** How long the child of a killed Kilim may take to end its last statement. */
const LONGEST_WAIT_MS = 20_000;

const [folder, socket] = parseArgs({ allowPositionals: true }).positionals;
if (!folder || !socket) throw new Error("usage: history-child.ts FOLDER SOCKET");

// Our parent disconnects, or ends, when we are to go. A signal sent to the whole group (Ctrl-C, timeout, systemd) is
// none of ours: what the other parts still write must arrive first.
process.on("disconnect", () => void stop());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});

let isStopping = false;
let end = async () => {};
await lockWhenFree(folder);
const engine = openChdb(folder, QUERY_MEMORY_BYTES);
const server = createHistoryServer(engine);
end = async () => {
  const closed = new Promise((done) => server.close(done));
  // A connection kept alive becomes idle only when the answer that is under way has gone out.
  const sweeper = setInterval(() => server.closeIdleConnections(), 10);
  await closed;
  clearInterval(sweeper);
  await engine.close();
};
server.listen(socket, () => process.send?.("ready"));

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await end();
  process.exit(0);
}

/** Two chDBs on one folder would spoil it; the child of a killed Kilim may still be closing. */
async function lockWhenFree(path: string): Promise<void> {
  for (const until = Date.now() + LONGEST_WAIT_MS; ; ) {
    try {
      await lockDataFolder(path);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(50);
    }
  }
}
