import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  readonly path: string;
  readonly status: number;
  readonly requestHeaders: IncomingMessage["headers"];
  readonly bytes: number;
}

export interface Between {
  readonly url: string;
  /** Every answer that went through, oldest first. */
  readonly exchanges: Exchange[];
  close(): Promise<void>;
}

export interface BetweenOptions {
  /** Called with each answer before the client gets it. */
  readonly onAnswer?: (status: number, count: number) => void | Promise<void>;
  /** Whether the client is cut off instead of answered. */
  readonly cutsOff?: (count: number) => boolean;
}

/** Stands between a client and Kilim and sees what both say. */
export async function standBetween(target: string, options: BetweenOptions = {}): Promise<Between> {
  const exchanges: Exchange[] = [];

  async function passOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { promise, resolve, reject } = Promise.withResolvers<{ answer: IncomingMessage; text: Buffer }>();
    const { method, url, headers } = incoming;
    const { "transfer-encoding": _, ...kept } = headers;
    const asked = request(
      new URL(url ?? "/", target),
      { method, headers: { ...kept, "content-length": body.length } },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("end", () => resolve({ answer, text: Buffer.concat(pieces) }));
      },
    );
    asked.on("error", reject);
    asked.end(body);
    const { answer, text } = await promise;
    const status = answer.statusCode ?? 0;
    exchanges.push({ path: url ?? "", status, requestHeaders: headers, bytes: body.length });
    await options.onAnswer?.(status, exchanges.length);
    if (options.cutsOff?.(exchanges.length)) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(status, answer.headers).end(text);
  }

  const server = createServer((incoming, outgoing) => {
    passOn(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
