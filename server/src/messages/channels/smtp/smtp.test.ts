import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";

import { escapeDots } from "./connection.ts";
import { SmtpPool } from "./pool.ts";
import { type Reply, ReplyReader } from "./replies.ts";
import { readSmtpUrl } from "./smtp-url.ts";

const TIMEOUTS = { connectMs: 5_000, answerMs: 5_000 };
const MAIL = Buffer.from("Subject: x\r\n\r\n.hidden\r\n..two\r\nlast");

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Script {
  readonly extensions?: readonly string[];
  /** Instead of the usual answer to a line; null: the connection is cut. */
  answer?(line: string, socket: Socket): string | null | undefined;
}

/** A server that keeps each line it is told and each mail as it came over the wire. */
async function startServer(script: Script = {}) {
  const said: string[] = [];
  const mails: string[] = [];
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    let text = "";
    let isData = false;
    let length: number | null = null;
    socket.on("error", () => {});
    socket.write("220 hello\r\n");
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (;;) {
        if (length !== null) {
          if (text.length < length) return;
          mails.push(text.slice(0, length));
          text = text.slice(length);
          length = null;
          const answer = script.answer?.(".", socket);
          if (answer === null) return void socket.destroy();
          socket.write(`${answer ?? "250 taken"}\r\n`);
        }
        const end = isData ? (text.startsWith(".\r\n") ? 0 : text.indexOf("\r\n.\r\n")) : text.indexOf("\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? (line === "" && text.startsWith(".") ? 3 : 5) : 2));
        if (isData) mails.push(line);
        else said.push(line);
        if (!isData && line.startsWith("BDAT")) {
          length = Number(line.split(" ")[1]);
          continue;
        }
        const usual = isData ? "250 taken" : usualAnswer(line, script.extensions ?? []);
        const answer = script.answer?.(isData ? "." : line, socket);
        isData = !isData && (answer ?? usual).startsWith("354");
        if (answer === null) return void socket.destroy();
        socket.write(`${answer ?? usual}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const pool = new SmtpPool(readSmtpUrl(`smtp://127.0.0.1:${port}`), 2, TIMEOUTS);
  closing.push(() => {
    pool.close();
    server.close();
  });
  return { pool, said, mails, connections: () => connections };
}

function usualAnswer(line: string, extensions: readonly string[]): string {
  if (line.startsWith("EHLO")) return ["250-hello", ...extensions.map((one) => `250-${one}`), "250 HELP"].join("\r\n");
  return line === "DATA" ? "354 go on" : "250 ok";
}

test.each([[["PIPELINING"]], [[]]])(
  "a mail arrives as it was, its dots escaped on the way (extensions %s)",
  async (extensions) => {
    const { pool, said, mails, connections } = await startServer({ extensions });
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    await pool.send("a@kilim.test", "c@example.com", MAIL);
    expect(mails.map((mail) => mail.replace(/^\./gm, ""))).toEqual([MAIL.toString(), MAIL.toString()]);
    expect(said.slice(1, 4)).toEqual(["MAIL FROM:<a@kilim.test>", "RCPT TO:<b@example.com>", "DATA"]);
    expect(connections()).toBe(1);
  },
);

test.each([[["PIPELINING"]], [[]]])(
  "MSG-9 a refused recipient says so, and the next mail goes over the same line (extensions %s)",
  async (extensions) => {
    const { pool, mails, connections } = await startServer({
      extensions,
      answer: (line) => (line.includes("gone@") ? "550-5.1.1 no such\r\n550 5.1.1 user" : undefined),
    });
    await expect(pool.send("a@kilim.test", "gone@example.com", MAIL)).rejects.toMatchObject({
      code: 550,
      command: "RCPT TO",
      message: expect.stringContaining("5.1.1"),
    });
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    expect(mails.filter((mail) => mail !== "")).toHaveLength(1);
    expect(connections()).toBe(1);
  },
);

test("a line that its server has closed meanwhile is replaced; a mail that may have been taken is not sent again", async () => {
  let cutAt = "";
  const { pool, mails, connections } = await startServer({
    extensions: ["PIPELINING"],
    answer(line) {
      if (!line.startsWith(cutAt) || cutAt === "") return undefined;
      cutAt = "";
      return null;
    },
  });
  await pool.send("a@kilim.test", "b@example.com", MAIL);
  cutAt = "MAIL";
  await pool.send("a@kilim.test", "b@example.com", MAIL);
  expect(mails).toHaveLength(2);
  expect(connections()).toBe(2);
  cutAt = ".";
  await expect(pool.send("a@kilim.test", "b@example.com", MAIL)).rejects.toMatchObject({ code: null });
  expect(mails).toHaveLength(3);
});

describe("CHUNKING: a mail behind another goes out whole, in one write", () => {
  const extensions = ["PIPELINING", "CHUNKING"];

  test("it arrives as it was", async () => {
    const { pool, said, mails } = await startServer({ extensions });
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    await pool.send("a@kilim.test", "c@example.com", MAIL);
    expect(mails[1]).toBe(MAIL.toString());
    expect(said.slice(4)).toEqual(["MAIL FROM:<a@kilim.test>", "RCPT TO:<c@example.com>", `BDAT ${MAIL.length} LAST`]);
  });

  test("MSG-9 a refused recipient says so, and the next mail goes over the same line", async () => {
    let isRefused = false;
    const { pool, mails, connections } = await startServer({
      extensions,
      answer(line) {
        if (line.startsWith("MAIL")) isRefused = false;
        if (line.includes("gone@")) isRefused = true;
        if (isRefused && line !== "RSET") return line === "." ? "503 5.5.1 no recipient" : "550 5.1.1 no such user";
        return undefined;
      },
    });
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    const refused = { code: 550, command: "RCPT TO", message: expect.stringContaining("5.1.1") };
    await expect(pool.send("a@kilim.test", "gone@example.com", MAIL)).rejects.toMatchObject(refused);
    await pool.send("a@kilim.test", "c@example.com", MAIL);
    expect(mails).toHaveLength(3);
    expect(connections()).toBe(1);
  });

  test("where the line breaks it may have been taken: it is not sent again at once", async () => {
    let isCut = false;
    const { pool, mails } = await startServer({ extensions, answer: () => (isCut ? null : undefined) });
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    isCut = true;
    await expect(pool.send("a@kilim.test", "b@example.com", MAIL)).rejects.toMatchObject({ code: null });
    expect(mails.length).toBeLessThanOrEqual(2);
  });
});

test("421 ends the conversation; the next mail opens another", async () => {
  let isFull = true;
  const { pool, connections } = await startServer({
    answer: (line) => (line.startsWith("MAIL") && isFull ? "421 4.7.0 too much" : undefined),
  });
  await expect(pool.send("a@kilim.test", "b@example.com", MAIL)).rejects.toMatchObject({ code: 421 });
  isFull = false;
  await pool.send("a@kilim.test", "b@example.com", MAIL);
  expect(connections()).toBe(2);
});

test("a server that does not answer is not waited for without end", async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const pool = new SmtpPool(readSmtpUrl(`smtp://127.0.0.1:${port}`), 1, { connectMs: 50, answerMs: 50 });
  closing.push(() => server.close());
  await expect(pool.check()).rejects.toThrow("does not answer");
});

test("it encrypts when that is offered, checks the certificate, and signs in by PLAIN or LOGIN", async () => {
  const seen: string[] = [];
  for (const method of ["PLAIN", "LOGIN"]) {
    const server = new SMTPServer({
      authMethods: [method],
      onAuth(auth, session, done) {
        seen.push(`${auth.method} ${auth.username} ${auth.password} ${session.secure}`);
        done(auth.password === "p@ss" ? null : new Error("no"), { user: auth.username ?? "" });
      },
      onData(stream, _session, done) {
        stream.on("data", () => {});
        stream.on("end", () => done());
      },
    });
    server.on("error", () => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const { port } = server.server.address() as AddressInfo;
    const to = (password: string, more = "") => `smtp://jane%40x:${password}@127.0.0.1:${port}?${more}`;
    const open = (url: string) => new SmtpPool(readSmtpUrl(url), 1, TIMEOUTS);
    await expect(open(to("p%40ss")).check()).rejects.toThrow(/certificate|altnames/i);
    const pool = open(to("p%40ss", "tls.rejectUnauthorized=false"));
    await pool.send("a@kilim.test", "b@example.com", MAIL);
    await expect(open(to("wrong", "tls.rejectUnauthorized=false")).check()).rejects.toMatchObject({
      command: "AUTH",
      code: 535,
    });
    pool.close();
    closing.push(() => server.close());
  }
  expect(seen).toContain("PLAIN jane@x p@ss true");
  expect(seen).toContain("LOGIN jane@x p@ss true");
}, 20_000);

test("MSG-8 an address cannot say another command; other letters need a server that knows them", async () => {
  const { pool, said } = await startServer();
  await expect(pool.send("a@kilim.test", "b@x>\r\nRCPT TO:<c@x", MAIL)).rejects.toMatchObject({ code: 553 });
  await expect(pool.send("a@kilim.test", "şule@example.com", MAIL)).rejects.toMatchObject({ code: 553 });
  await pool.send("a@kilim.test", "x@bücher.example", MAIL);
  expect(said.filter((line) => line.startsWith("RCPT"))).toEqual(["RCPT TO:<x@xn--bcher-kva.example>"]);
});

test("replies are read however they are cut; one without end is refused", () => {
  const reader = new ReplyReader();
  const whole = Buffer.from("250-a\r\n250-b\r\n250 c\r\n550 no\r\n");
  const read: Reply[] = [];
  for (const byte of whole) read.push(...reader.read(Buffer.from([byte])));
  expect(read.map(({ code, lines }) => [code, lines])).toEqual([
    [250, ["a", "b", "c"]],
    [550, ["no"]],
  ]);
  expect(() => reader.read(Buffer.alloc(70_000, "x"))).toThrow(RangeError);
});

test("only dots that begin a line are escaped", () => {
  expect(Buffer.concat(escapeDots(Buffer.from(".a\r\n.b\r\nc.\r\n"))).toString()).toBe("..a\r\n..b\r\nc.\r\n");
});
