/** A server's answer to one command. */
export interface Reply {
  readonly code: number;
  readonly text: string;
  readonly lines: readonly string[];
}

/** What a server said no to, or how the conversation broke off (`code` null). */
export class SmtpError extends Error {
  readonly code: number | null;
  readonly command: string;

  constructor(message: string, command: string, code: number | null = null) {
    super(message);
    this.command = command;
    this.code = code;
  }
}

/** No honest reply is longer. */
const LONGEST = 64 * 1024;

/** Cuts what comes from a server into replies (RFC 5321, 4.2.1): lines `250-…`, the last of them `250 …`. */
export class ReplyReader {
  #rest = "";
  #lines: string[] = [];

  /** Throws a RangeError when a reply does not end. */
  read(chunk: Buffer): Reply[] {
    const replies: Reply[] = [];
    const lines = (this.#rest + chunk.toString("utf8")).split(/\r?\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      this.#lines.push(line);
      if (/^\d{3}-/.test(line)) continue;
      const all = this.#lines;
      this.#lines = [];
      const code = /^\d{3}(?: |$)/.test(line) ? Number(line.slice(0, 3)) : 0;
      replies.push({ code, text: all.join(" ").slice(0, 500), lines: all.map((one) => one.slice(4)) });
    }
    if (this.#rest.length + this.#lines.join("").length > LONGEST)
      throw new RangeError("the server's reply does not end");
    return replies;
  }
}
