import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { domainToASCII } from "node:url";

import { type Reply, ReplyReader, SmtpError } from "./replies.ts";
import { type SmtpServer, serverName } from "./smtp-url.ts";

export interface Timeouts {
  readonly connectMs: number;
  /** How long one answer may take. */
  readonly answerMs: number;
}

const DOT_LINE = Buffer.from("\r\n.");
const END = Buffer.from("\r\n.\r\n");
/** Once this has been said, a line that breaks leaves open whether the mail was taken. */
export const END_OF_MAIL = "end of mail";
const ADDRESS = /^[^\s<>\p{Cc}]+$/u;

/** A server hangs up on who is silent for minutes, not on who has just spoken. */
const JUST_NOW_MS = 1_000;

/**
 * One conversation with an SMTP server (RFC 5321), mail after mail. Where the server offers PIPELINING (RFC 2920) the
 * envelope goes out in one write, and the mail with it where it offers CHUNKING (RFC 3030) and has just taken another.
 * Hand-made because a mail costs nodemailer's own 0.9 ms of streams, more than making it.
 */
export class SmtpConnection {
  readonly #server: SmtpServer;
  readonly #timeouts: Timeouts;
  #socket: Socket;
  #replies = new ReplyReader();
  readonly #waiting: { command: string; resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
  #extensions: ReadonlyMap<string, string> = new Map();
  #broken: SmtpError | null = null;
  /** How many it has carried so far. */
  mails = 0;
  #tookAt = Number.NEGATIVE_INFINITY;

  private constructor(server: SmtpServer, timeouts: Timeouts) {
    this.#server = server;
    this.#timeouts = timeouts;
    const { host, port, isSecure, rejectUnauthorized } = server;
    this.#socket = isSecure
      ? connectTls({ host, port, rejectUnauthorized, ...serverName(host) })
      : connectPlain({ host, port });
    this.#listen();
  }

  /** Greets, encrypts when that is offered, and signs in. Throws SmtpError. */
  static async open(server: SmtpServer, timeouts: Timeouts): Promise<SmtpConnection> {
    const connection = new SmtpConnection(server, timeouts);
    try {
      connection.#socket.setTimeout(timeouts.connectMs);
      const greeting = await connection.#answer("CONN");
      if (greeting.code !== 220) throw refusal(greeting, "CONN");
      connection.#socket.setTimeout(timeouts.answerMs);
      await connection.#greet();
      await connection.#encrypt();
      if (server.login !== null) await connection.#signIn(server.login);
      connection.#socket.setTimeout(0);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#broken === null;
  }

  /** Hands over one mail. Throws SmtpError: with a code when the server said no, else when the line broke. */
  async send(from: string, to: string, mail: Buffer): Promise<void> {
    this.#socket.setTimeout(this.#timeouts.answerMs);
    this.#socket.ref();
    const utf8 = this.#needsUtf8(from, to) ? " SMTPUTF8" : "";
    const envelope = [`MAIL FROM:<${this.#address(from)}>${utf8}`, `RCPT TO:<${this.#address(to)}>`, "DATA"];
    const isPipelined = this.#extensions.has("PIPELINING");
    if (isPipelined && this.#extensions.has("CHUNKING") && performance.now() - this.#tookAt < JUST_NOW_MS) {
      await this.#sayWhole(envelope.slice(0, 2), mail);
    } else {
      const refused = isPipelined ? await this.#sayAll(envelope) : await this.#sayInTurn(envelope);
      if (refused !== null) throw refused;
      this.#socket.cork();
      for (const part of escapeDots(mail)) this.#socket.write(part);
      this.#socket.write(END);
      this.#socket.uncork();
      this.#take(await this.#answer(END_OF_MAIL));
    }
    this.#rest();
  }

  /** What the server says to the mail itself. */
  #take(taken: Reply): void {
    this.mails += 1;
    this.#tookAt = performance.now();
    if (taken.code < 200 || taken.code > 299) throw this.#refusal(taken, "DATA");
  }

  /** Nothing is under way: it may stay open as long as it likes, and does not keep the process. */
  #rest(): void {
    this.#socket.setTimeout(0);
    this.#socket.unref();
  }

  /** Takes leave. */
  quit(): void {
    if (this.isOpen) this.#socket.end("QUIT\r\n");
    this.#break(new SmtpError("the connection was closed", "CONN"));
  }

  close(): void {
    this.#break(new SmtpError("the connection was closed", "CONN"));
    this.#socket.destroy();
  }

  async #sayAll(envelope: readonly string[]): Promise<SmtpError | null> {
    this.#socket.write(`${envelope.join("\r\n")}\r\n`);
    const answers = envelope.map((line) => this.#answer(commandOf(line)));
    for (const answer of answers) answer.catch(() => {});
    const [mail, rcpt, data] = (await Promise.all(answers)) as [Reply, Reply, Reply];
    const refused = [mail, rcpt].findIndex(({ code }) => code < 200 || code > 299);
    if (refused < 0 && data.code === 354) return null;
    // A server may want the text of a mail that has no recipient left: it gets none, and refuses or takes nothing.
    if (data.code === 354) {
      this.#socket.write(".\r\n");
      await this.#answer("DATA");
    }
    await this.#reset();
    return refused < 0
      ? this.#refusal(data, "DATA")
      : this.#refusal(refused === 0 ? mail : rcpt, commandOf(envelope[refused] ?? ""));
  }

  /** Envelope and mail in one write. Whatever breaks from then on leaves open whether the mail was taken. */
  async #sayWhole(envelope: readonly string[], mail: Buffer): Promise<void> {
    this.#socket.cork();
    this.#socket.write(`${envelope.join("\r\n")}\r\nBDAT ${mail.length} LAST\r\n`);
    this.#socket.write(mail);
    this.#socket.uncork();
    const answers = [...envelope, END_OF_MAIL].map(() => this.#answer(END_OF_MAIL));
    for (const answer of answers) answer.catch(() => {});
    const [sender, recipient, taken] = (await Promise.all(answers)) as [Reply, Reply, Reply];
    const refused = [sender, recipient].findIndex(({ code }) => code < 200 || code > 299);
    if (refused < 0) return this.#take(taken);
    await this.#reset();
    throw this.#refusal(refused === 0 ? sender : recipient, commandOf(envelope[refused] ?? ""));
  }

  async #sayInTurn(envelope: readonly string[]): Promise<SmtpError | null> {
    for (const line of envelope) {
      const reply = await this.#say(line);
      const isYes = line === "DATA" ? reply.code === 354 : reply.code >= 200 && reply.code <= 299;
      if (isYes) continue;
      await this.#reset();
      return this.#refusal(reply, commandOf(line));
    }
    return null;
  }

  /** What was begun is forgotten on both sides; a server that cannot is left. */
  async #reset(): Promise<void> {
    if (!this.isOpen) return;
    const reply = await this.#say("RSET");
    if (reply.code !== 250) this.close();
    else this.#rest();
  }

  async #greet(): Promise<void> {
    const reply = await this.#say("EHLO kilim.localhost");
    if (reply.code !== 250) {
      const old = await this.#say("HELO kilim.localhost");
      if (old.code !== 250) throw refusal(old, "HELO");
      return;
    }
    this.#extensions = new Map(
      reply.lines.slice(1).map((line) => {
        const [name = "", ...rest] = line.toUpperCase().split(/[ =]/);
        return [name, rest.join(" ")];
      }),
    );
  }

  async #encrypt(): Promise<void> {
    const { isSecure, startTls, host, rejectUnauthorized } = this.#server;
    if (isSecure || startTls === "never") return;
    if (!this.#extensions.has("STARTTLS")) {
      if (startTls === "required") throw new SmtpError("the server does not offer STARTTLS", "STARTTLS");
      return;
    }
    const reply = await this.#say("STARTTLS");
    if (reply.code !== 220) throw refusal(reply, "STARTTLS");
    const plain = this.#socket;
    plain.removeAllListeners();
    // What was sent before encryption counts for nothing (RFC 3207, 6).
    this.#replies = new ReplyReader();
    this.#socket = connectTls({ socket: plain, rejectUnauthorized, ...serverName(host) });
    this.#listen();
    this.#socket.setTimeout(this.#timeouts.answerMs);
    await this.#greet();
  }

  async #signIn({ user, password }: NonNullable<SmtpServer["login"]>): Promise<void> {
    const ways = (this.#extensions.get("AUTH") ?? "").split(" ");
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const steps = ways.includes("PLAIN")
      ? [`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`]
      : ways.includes("LOGIN")
        ? ["AUTH LOGIN", base64(user), base64(password)]
        : null;
    if (steps === null) throw new SmtpError("the server offers no way to sign in that we know (PLAIN, LOGIN)", "AUTH");
    for (const [i, step] of steps.entries()) {
      const reply = await this.#say(step, "AUTH");
      if (reply.code !== (i === steps.length - 1 ? 235 : 334)) throw refusal(reply, "AUTH");
    }
  }

  #needsUtf8(from: string, to: string): boolean {
    for (const address of [from, to]) if (!ADDRESS.test(address)) throw new SmtpError("not an address", "RCPT TO", 553);
    const isForeign = [from, to].some((address) => /[^\x21-\x7e]/.test(localOf(address)));
    if (isForeign && !this.#extensions.has("SMTPUTF8")) {
      throw new SmtpError("5.6.7 the server takes no address in other letters", "RCPT TO", 553);
    }
    return isForeign;
  }

  #address(address: string): string {
    const at = address.lastIndexOf("@");
    return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
  }

  #say(line: string, command = commandOf(line)): Promise<Reply> {
    this.#socket.write(`${line}\r\n`);
    return this.#answer(command);
  }

  #answer(command: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#broken === null) this.#waiting.push({ command, resolve, reject });
      else reject(new SmtpError(this.#broken.message, command));
    });
  }

  #refusal(reply: Reply, command: string): SmtpError {
    if (reply.code === 421) this.close();
    return refusal(reply, command);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      try {
        for (const reply of this.#replies.read(chunk)) this.#hear(reply);
      } catch (error) {
        this.#fail(error);
      }
    });
    socket.on("timeout", () => this.#fail(new Error("the server does not answer")));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the server closed the connection")));
  }

  #hear(reply: Reply): void {
    const asked = this.#waiting.shift();
    if (asked) asked.resolve(reply);
    // Said without being asked: 421 before it hangs up.
    else this.#fail(new Error(reply.text));
  }

  #fail(error: unknown): void {
    this.#break(new SmtpError(error instanceof Error ? error.message : String(error), "CONN"));
    this.#socket.destroy();
  }

  #break(error: SmtpError): void {
    this.#broken ??= error;
    for (const { command, reject } of this.#waiting.splice(0)) reject(new SmtpError(this.#broken.message, command));
  }
}

function refusal(reply: Reply, command: string): SmtpError {
  return new SmtpError(reply.text, command, reply.code);
}

function commandOf(line: string): string {
  return line.split(":")[0] ?? line;
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}

/** A line that begins with a dot gets one more (RFC 5321, 4.5.2), so that none of them ends the mail. */
export function escapeDots(mail: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  if (mail[0] === 0x2e) parts.push(Buffer.from("."));
  for (let at = mail.indexOf(DOT_LINE); at >= 0; at = mail.indexOf(DOT_LINE, at + 2)) {
    parts.push(mail.subarray(from, at + 3), Buffer.from("."));
    from = at + 3;
  }
  parts.push(mail.subarray(from));
  return parts;
}
