import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { createOutbound, type Outbound, type OutboundRequest } from "./outbound.ts";

const LOCAL = ["127.0.0.0/8"];

let server: Server;
let url: string;
let answer: RequestListener;
let outbound: Outbound;
let calls = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    answer(request, response);
  });
  server.keepAliveTimeout = 50;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  outbound = createOutbound({ allow: LOCAL });
});
afterEach(() => {
  calls = 0;
});
afterAll(() => {
  outbound.close();
  server.closeAllConnections();
  server.close();
});

const request = (part: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: "POST",
  url,
  headers: { "content-type": "text/plain" },
  body: "hello",
  timeoutMs: 5_000,
  maxBytes: 1_000,
  ...part,
});
const port = () => new URL(url).port;
const echo: RequestListener = (asked, response) => {
  asked.setEncoding("utf8");
  let body = "";
  asked.on("data", (part: string) => {
    body += part;
  });
  asked.on("end", () => response.setHeader("x-method", asked.method ?? "").end(`heard ${body}`));
};

test("what is sent arrives, and the answer is read", async () => {
  answer = echo;
  const { status, headers, body, isCut } = await outbound.send(request());
  expect({ status, method: headers["x-method"], body: String(body), isCut }).toEqual({
    status: 200,
    method: "POST",
    body: "heard hello",
    isCut: false,
  });
});

test("no more of an answer is read than asked for", async () => {
  answer = (_request, response) => {
    response.write("x".repeat(100_000));
    // Never ends.
  };
  const { body, isCut } = await outbound.send(request({ maxBytes: 10 }));
  expect([String(body), isCut]).toEqual(["x".repeat(10), true]);
});

test("a redirect is an answer and not a way", async () => {
  answer = (_request, response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
  expect((await outbound.send(request())).status).toBe(302);
  expect(calls).toBe(1);
});

test.each([
  ["says nothing", () => {}],
  ["begins and does not end", (_request, response) => response.write("x")],
  [
    "drips",
    (_request, response) => {
      const drip = setInterval(() => response.write("x"), 10);
      response.once("close", () => clearInterval(drip));
    },
  ],
] satisfies [string, RequestListener][])(
  "the time is for the whole exchange: a server that %s",
  async (_does, listener) => {
    answer = listener;
    await expect(outbound.send(request({ timeoutMs: 150 }))).rejects.toMatchObject({ problem: "timed_out" });
  },
);

test.each(["POST", "DELETE"] as const)("the body of a %s arrives, with its length", async (method) => {
  answer = echo;
  expect(String((await outbound.send(request({ method }))).body)).toBe("heard hello");
});

test("whoever asked can give up", async () => {
  answer = () => {};
  const giving = new AbortController();
  const sent = outbound.send(request({ signal: giving.signal }));
  giving.abort();
  await expect(sent).rejects.toMatchObject({ problem: "broken_off" });
});

test("a kept connection that the server has closed costs nothing where a repeat does no harm", async () => {
  const stubborn = createNetServer((socket) => {
    let asked = 0;
    socket.on("error", () => {});
    socket.on("data", () => {
      // Answers the first request on a connection, and hangs up on the second.
      if (++asked === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
      else socket.resetAndDestroy();
    });
  });
  stubborn.listen(0, "127.0.0.1");
  await once(stubborn, "listening");
  const there = `http://127.0.0.1:${(stubborn.address() as AddressInfo).port}`;
  for (let i = 0; i < 3; i++)
    expect((await outbound.send(request({ url: there, isRepeatable: true }))).status).toBe(200);
  stubborn.close();
});

test.each([
  "http://127.0.0.1",
  "http://[::1]",
  "http://[::ffff:127.0.0.1]",
  "http://2130706433",
  "http://0x7f.1",
  "http://0177.0.0.1",
  "http://localhost",
  "http://127.0.0.1.",
  "http://169.254.169.254/latest/meta-data",
])("nothing reaches the house by %s", async (target) => {
  answer = echo;
  const careful = createOutbound({ allow: [] });
  const there = new URL(target);
  there.port = port();
  await expect(careful.send(request({ url: there.href }))).rejects.toMatchObject({ problem: "refused_address" });
  expect(await careful.check(there.href)).toBe("refused_address");
  expect(calls).toBe(0);
});

test("a name that changes its mind between check and connection gains nothing", async () => {
  answer = echo;
  let asked = 0;
  const rebound = createOutbound({
    allow: [],
    resolve: async () => [{ address: ++asked === 1 ? "93.184.215.14" : "127.0.0.1", family: 4 }],
  });
  const target = `http://shop.example:${port()}`;
  expect(await rebound.check(target)).toBeNull();
  await expect(rebound.send(request({ url: target }))).rejects.toMatchObject({ problem: "refused_address" });
  expect([asked, calls]).toEqual([2, 0]);
});

test("of a name with addresses inside and outside only those outside are tried", async () => {
  answer = echo;
  const both = createOutbound({
    allow: ["127.0.0.1"],
    resolve: async () => ["127.0.0.2", "10.0.0.1", "127.0.0.1"].map((address) => ({ address, family: 4 })),
  });
  expect((await both.send(request({ url: `http://shop.example:${port()}` }))).status).toBe(200);
});

test.each([
  ["ftp://shop.example", "bad_url"],
  ["file:///etc/passwd", "bad_url"],
  ["https://me:secret@shop.example", "bad_url"],
  ["nowhere", "bad_url"],
  ["http://nowhere.invalid", "unknown_host"],
])("%s is told as %s", async (target, problem) => {
  await expect(outbound.send(request({ url: target }))).rejects.toMatchObject({ problem });
});

test("nobody listens; the other side hangs up; its certificate is none", async () => {
  const rude = createNetServer((socket) => socket.destroy());
  rude.listen(0, "127.0.0.1");
  await once(rude, "listening");
  const there = `127.0.0.1:${(rude.address() as AddressInfo).port}`;
  await expect(outbound.send(request({ url: `http://${there}` }))).rejects.toMatchObject({ problem: "broken_off" });
  await expect(outbound.send(request({ url: `https://127.0.0.1:${port()}` }))).rejects.toMatchObject({
    problem: "bad_certificate",
  });
  rude.close();
  await once(rude, "close");
  await expect(outbound.send(request({ url: `http://${there}` }))).rejects.toMatchObject({ problem: "no_connection" });
});
