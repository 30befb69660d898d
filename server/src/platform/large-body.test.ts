import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import pino from "pino";
import { test } from "vitest";
import { z } from "zod";

import { buildApp } from "./http.ts";

test("who is still sending what is too much hears so, and the line stays whole", async () => {
  const app = buildApp({
    authenticate: async () => ({ kind: "anonymous" }),
    log: pino({ enabled: false }),
    publicUrl: "http://kilim.test",
  });
  app.post("/things", { config: { access: ["public"] }, schema: { body: z.json() } }, async () => "taken");
  await app.listen({ port: 0, host: "127.0.0.1" });
  const line = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  let heard = "";
  line.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  const hears = async (words: string) => {
    while (!heard.includes(words)) await once(line, "data");
  };
  const head = (length: number) =>
    `POST /things HTTP/1.1\r\nhost: kilim.test\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  try {
    line.write(`${head(2_000_000)}"${"x".repeat(1_000_000)}`);
    await hears('"code":"too_large"');
    line.write(`${"x".repeat(999_998)}"`);
    line.write(`${head(3)}"x"`);
    await hears("taken");
  } finally {
    line.destroy();
    await app.close();
  }
});
