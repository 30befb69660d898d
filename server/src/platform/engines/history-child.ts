/**
 * The history child: owns the chDB folder and speaks ClickHouse's HTTP interface on a private socket. A crash of the
 * native engine ends only this process; whoever started it starts it again. Usage: history-child.ts FOLDER SOCKET
 */
import { parseArgs } from "node:util";

import { openChdb } from "./chdb-engine.ts";
import { createHistoryServer } from "./history-server.ts";

/** What one query may take before it ends with MEMORY_LIMIT_EXCEEDED. */
const QUERY_MEMORY_BYTES = 1_200_000_000;

const [folder, socket] = parseArgs({ allowPositionals: true }).positionals;
if (!folder || !socket) throw new Error("usage: history-child.ts FOLDER SOCKET");

const engine = openChdb(folder, QUERY_MEMORY_BYTES);
const server = createHistoryServer(engine);
let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  server.close();
  server.closeIdleConnections();
  await engine.close();
  process.exit(0);
}

// Ctrl-C reaches the whole group; our parent decides when we go, so that what it still writes arrives.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => void stop());
process.on("disconnect", () => void stop());

server.listen(socket, () => process.send?.({ type: "ready" }));
