/** Starts an engine on the folder given, says its process number, and is killed before it can stop it. */
import { startPostgres } from "../postgres.ts";

const [dataDir = ""] = process.argv.slice(2);
const { pid } = await startPostgres({ dataDir, log: { info() {}, warn() {} } });
process.stdout.write(`${pid}\n`, () => process.kill(process.pid, "SIGKILL"));
