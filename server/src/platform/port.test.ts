import { createServer } from "node:net";

import { expect, test } from "vitest";

import { untilPortIsFree } from "./port.ts";

test("a port in use ends in a sentence, a free one does not", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await expect(untilPortIsFree("127.0.0.1", port)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use: stop the program that uses it, or set KILIM_PORT to another port.`,
  );
  await new Promise((done) => server.close(done));
  await untilPortIsFree("127.0.0.1", port);
});

test("an address that is not of this machine ends in a sentence", async () => {
  await expect(untilPortIsFree("203.0.113.1", 4000)).rejects.toThrow(/set KILIM_HOST to an address of this machine/);
});
