/**
 * A bare SMTP server for the bench: greets at once, takes everything, keeps nothing but counts and, of recipients named
 * `triggered-…`, when their mail was taken. A child process, asked by messages; its CPU is not ours.
 */
import { createServer, type Socket } from "node:net";

export interface SinkCounts {
  readonly mails: number;
  readonly bytes: number;
  /** Mails more than one per recipient. */
  readonly doubles: number;
  /** [recipient, milliseconds since the epoch] */
  readonly triggered: readonly (readonly [string, number])[];
  /** When the last mail that is not one of those came. */
  readonly lastBulk: number;
  /** Paths of tracked links, as they stood in mails. */
  readonly links: readonly string[];
  readonly cpuSeconds: number;
}

const END = Buffer.from("\r\n.\r\n");
const seen = new Map<string, number>();
let triggered: [string, number][] = [];
let links: string[] = [];
let [mails, bytes, lastBulk] = [0, 0, 0];
/** Mails whose links are kept. */
const KEPT = 2_500;

const server = createServer((socket) => talk(socket));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("message", (question) => {
  if (question === "reset") {
    seen.clear();
    triggered = [];
    links = [];
    [mails, bytes, lastBulk] = [0, 0, 0];
  }
  const doubles = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  const { user, system } = process.cpuUsage();
  process.send?.({
    mails,
    bytes,
    doubles,
    triggered,
    lastBulk,
    links: question === "links" ? links : [],
    cpuSeconds: (user + system) / 1e6,
  } satisfies SinkCounts);
});
process.on("disconnect", () => process.exit(0));

function talk(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  let recipient = "";
  let isData = false;
  /** Of a mail told by its length (BDAT). */
  let length: number | null = null;
  const taken = (all: Buffer, from: number, to: number) => {
    bytes += to - from;
    if (mails < KEPT) keepLinks(all.toString("latin1", from, to));
    take(recipient);
    return "250 2.0.0 taken\r\n";
  };
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.write("220 sink\r\n");
  socket.on("data", (chunk: Buffer) => {
    let at = 0;
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let answers = "";
    for (;;) {
      if (length !== null) {
        if (all.length - at < length) break;
        answers += taken(all, at, at + length);
        at += length;
        length = null;
        continue;
      }
      if (isData) {
        const end = all.indexOf(END, at);
        if (end < 0) break;
        answers += taken(all, at, end);
        at = end + END.length;
        isData = false;
        continue;
      }
      const end = all.indexOf("\r\n", at);
      if (end < 0) break;
      const line = all.toString("latin1", at, end);
      at = end + 2;
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") answers += "250-sink\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 8BITMIME\r\n";
      else if (verb === "RCPT") {
        recipient = /<(.*)>/.exec(line)?.[1] ?? "";
        answers += "250 2.1.5 ok\r\n";
      } else if (verb === "BDAT") length = Number(line.split(" ")[1]);
      else if (verb === "DATA") {
        isData = true;
        answers += "354 go on\r\n";
      } else if (verb === "QUIT") {
        socket.end("221 bye\r\n");
        return;
      } else answers += "250 2.0.0 ok\r\n";
    }
    rest = at === all.length ? Buffer.alloc(0) : all.subarray(at);
    if (answers !== "") socket.write(answers);
  });
}

function take(recipient: string): void {
  const now = performance.timeOrigin + performance.now();
  mails += 1;
  if (!recipient.startsWith("triggered-")) lastBulk = now;
  seen.set(recipient, (seen.get(recipient) ?? 0) + 1);
  if (recipient.startsWith("triggered-")) triggered.push([recipient, now]);
}

function keepLinks(source: string): void {
  const text = source.replace(/=\r\n/g, "").replaceAll("=3D", "=");
  for (const [, path] of text.matchAll(/href="https?:\/\/[^/"]+(\/t\/c\/[^"]+)"/g)) if (path) links.push(path);
}
