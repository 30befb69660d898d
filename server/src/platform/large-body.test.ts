import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import pino from "pino";
import { expect, test } from "vitest";
import { z } from "zod";

import { buildApp } from "./http.ts";

interface Line {
  readonly socket: Socket;
  hears(words: string): Promise<void>;
}

async function onLine(work: (line: Line) => Promise<void>): Promise<void> {
  const app = buildApp({
    authenticate: async () => ({ kind: "anonymous" }),
    log: pino({ enabled: false }),
    publicUrl: "http://kilim.test",
  });
  app.post("/things", { config: { access: ["public"] }, schema: { body: z.json() } }, async () => "taken");
  await app.listen({ port: 0, host: "127.0.0.1" });
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  let heard = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  const hears = async (words: string) => {
    while (!heard.includes(words)) await once(socket, "data");
  };
  try {
    await work({ socket, hears });
  } finally {
    socket.destroy();
    await app.close();
  }
}

const head = (body: string) =>
  `POST /things HTTP/1.1\r\nhost: kilim.test\r\ncontent-type: application/json\r\n${body}\r\n\r\n`;
const declared = (length: number) => head(`content-length: ${length}`);
const IN_PIECES = head("transfer-encoding: chunked");
const piece = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const MB = "x".repeat(1_000_000);

test("who is still sending what is too much hears so, and the line stays whole", () =>
  onLine(async ({ socket, hears }) => {
    socket.write(`${declared(2_000_000)}"${MB}`);
    await hears('"code":"too_large"');
    socket.write(`${"x".repeat(999_998)}"`);
    socket.write(`${declared(3)}"x"`);
    await hears("taken");
  }));

test("who sends it in pieces hears so before the last, and the line stays whole", () =>
  onLine(async ({ socket, hears }) => {
    socket.write(`${IN_PIECES}${piece(`"${MB}`)}${piece(MB)}`);
    await hears('"code":"too_large"');
    for (let i = 0; i < 8; i++) socket.write(piece(MB));
    socket.write("0\r\n\r\n");
    socket.write(`${declared(3)}"x"`);
    await hears("taken");
  }));

test("who sends without end is cut off", () =>
  onLine(async ({ socket, hears }) => {
    let cut = false;
    socket
      .on("error", () => {})
      .on("close", () => {
        cut = true;
      });
    socket.write(`${IN_PIECES}${piece(`"${MB}`)}${piece(MB)}`);
    await hears('"code":"too_large"');
    for (let sent = 0; !cut; sent++) {
      expect(sent).toBeLessThan(100);
      if (!socket.write(piece(MB))) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
    }
  }));
