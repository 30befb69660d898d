/**
 * Holds open streams in a process of its own, so that its sockets and its CPU are not the server's. Told over IPC what
 * to open; when asked, answers when each watched person was heard of.
 */
import { type ClientRequest, get } from "node:http";

export interface Opening {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose changes are noted down; null for streams that only listen. */
  readonly person: number | null;
}

export interface Heard {
  readonly opened: number;
  readonly ended: number;
  readonly bytes: number;
  /** [person, milliseconds since the epoch] of each notice. */
  readonly notices: [number, number][];
}

const AT_ONCE = 100;
const requests: ClientRequest[] = [];
const notices: [number, number][] = [];
let opened = 0;
let ended = 0;
let bytes = 0;

function open({ url, path, headers, person }: Opening): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url + path, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream was answered ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (chunk.includes("event: open")) {
          opened += 1;
          resolve();
        }
        if (person !== null && chunk.includes("event: profile")) {
          notices.push([person, performance.timeOrigin + performance.now()]);
        }
      });
      response.on("close", () => {
        ended += 1;
      });
    });
    request.on("error", reject);
    requests.push(request);
  });
}

process.on("message", (order: { open: Opening[] } | "tell") => {
  if (order === "tell") {
    process.send?.({ opened, ended, bytes, notices: notices.splice(0) } satisfies Heard);
    return;
  }
  const queue = [...order.open];
  const opener = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await open(next);
  };
  Promise.all(Array.from({ length: AT_ONCE }, opener)).then(
    () => process.send?.({ opened, ended, bytes, notices: [] } satisfies Heard),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
