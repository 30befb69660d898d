import { END_OF_MAIL, SmtpConnection, type Timeouts } from "./connection.ts";
import { SmtpError } from "./replies.ts";
import type { SmtpServer } from "./smtp-url.ts";

/** Servers close what is idle for minutes; one that we close first never surprises us. */
const IDLE_MS = 20_000;

/** A few kept connections to one server; a mail takes a free one, opens another, or waits. */
export class SmtpPool {
  readonly #server: SmtpServer;
  readonly #timeouts: Timeouts;
  readonly #most: number;
  readonly #idle = new Map<SmtpConnection, NodeJS.Timeout>();
  readonly #open = new Set<SmtpConnection>();
  readonly #queue: (() => void)[] = [];
  #taken = 0;
  #isClosed = false;

  constructor(server: SmtpServer, most: number, timeouts: Timeouts) {
    this.#server = server;
    this.#most = most;
    this.#timeouts = timeouts;
  }

  /** Throws SmtpError. */
  async send(from: string, to: string, mail: Buffer): Promise<void> {
    await this.#turn();
    try {
      const kept = this.#takeIdle();
      if (kept === null || !(await this.#sendOver(kept, from, to, mail))) {
        await this.#sendOver(await this.#connect(), from, to, mail);
      }
    } finally {
      this.#taken -= 1;
      this.#queue.shift()?.();
    }
  }

  /** False when a kept connection had been closed by its server: nothing was taken, another may be tried. */
  async #sendOver(connection: SmtpConnection, from: string, to: string, mail: Buffer): Promise<boolean> {
    const isKept = connection.mails > 0;
    try {
      await connection.send(from, to, mail);
      return true;
    } catch (error) {
      const isStale = isKept && error instanceof SmtpError && error.code === null && error.command !== END_OF_MAIL;
      if (!isStale || this.#isClosed) throw error;
      return false;
    } finally {
      this.#giveBack(connection);
    }
  }

  /** Greets the server and signs in, on a connection of its own. */
  async check(): Promise<void> {
    (await SmtpConnection.open(this.#server, this.#timeouts)).quit();
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#idle.values()) clearTimeout(timer);
    for (const connection of this.#open) {
      if (this.#idle.has(connection)) connection.quit();
      else connection.close();
    }
    this.#open.clear();
    this.#idle.clear();
  }

  async #turn(): Promise<void> {
    if (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#taken += 1;
  }

  async #connect(): Promise<SmtpConnection> {
    if (this.#isClosed) throw new SmtpError("the way out is closed", "CONN");
    const connection = await SmtpConnection.open(this.#server, this.#timeouts);
    if (this.#isClosed) connection.close();
    else this.#open.add(connection);
    return connection;
  }

  #takeIdle(): SmtpConnection | null {
    for (const [connection, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(connection);
      if (connection.isOpen) return connection;
      this.#open.delete(connection);
    }
    return null;
  }

  #giveBack(connection: SmtpConnection): void {
    if (!connection.isOpen || this.#isClosed) {
      this.#open.delete(connection);
      return;
    }
    const timer = setTimeout(() => {
      this.#idle.delete(connection);
      this.#open.delete(connection);
      connection.quit();
    }, IDLE_MS);
    timer.unref();
    this.#idle.set(connection, timer);
  }
}
