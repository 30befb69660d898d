import nodemailer, { type Transporter } from "nodemailer";

import { type Db, sql } from "../../platform/db.ts";

export interface Mail {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
}

export type Delivery =
  | { readonly outcome: "sent" }
  /** The address does not exist: nothing more goes there. */
  | { readonly outcome: "bounced"; readonly reason: string }
  | { readonly outcome: "failed"; readonly reason: string }
  | { readonly outcome: "later"; readonly reason: string };

export interface Transport {
  deliver(mail: Mail): Promise<Delivery>;
  /** Lets what is under way finish, then closes; for a server that is no longer the one to use. */
  retire(): void;
  /** Closes at once: what is under way is tried again. */
  close(): void;
}

/** How long one server may keep us waiting; well inside a claim's lease. */
const CONNECT_MS = 10_000;
const SOCKET_MS = 30_000;

/** Mail to a server by SMTP over a few kept connections. */
export function smtpTransport(url: string, maxConnections: number): Transport {
  const transporter: Transporter = nodemailer.createTransport(url, {
    // A pool of connections; what a template says is never read as a file or fetched.
    pool: true,
    maxConnections,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
  } as object);
  const closed = Promise.withResolvers<Delivery>();
  const send = async (mail: Mail): Promise<Delivery> => {
    try {
      await transporter.sendMail({
        messageId: mail.messageId,
        from: mail.from,
        // As an object: nothing in it is read as a list or as a name.
        to: { name: "", address: mail.to },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        date: new Date(mail.at),
        headers: { ...mail.headers },
      });
      return { outcome: "sent" };
    } catch (error) {
      return readSmtpError(error);
    }
  };
  let underWay = 0;
  let isRetired = false;
  return {
    async deliver(mail) {
      underWay += 1;
      try {
        return await Promise.race([send(mail), closed.promise]);
      } finally {
        underWay -= 1;
        if (isRetired && underWay === 0) transporter.close();
      }
    },
    retire() {
      isRetired = true;
      if (underWay === 0) transporter.close();
    },
    close() {
      transporter.close();
      // The pool leaves whoever waits for an answer waiting.
      closed.resolve({ outcome: "later", reason: "stopped while the mail server was answering" });
    },
  };
}

/** Where a "no" is about this mail; a refused log-in or greeting is about our settings and passes when they are mended. */
const ABOUT_THE_MAIL = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/** 4xx and broken connections pass; 5xx stays. "5.1.x" on the recipient means the address itself is bad (RFC 3463). */
export function readSmtpError(error: unknown): Delivery {
  const { responseCode, command, message } = error as { responseCode?: number; command?: string; message?: string };
  const reason = (message ?? String(error)).replace(/\s+/g, " ").slice(0, 300);
  const isFinal = typeof responseCode === "number" && responseCode >= 500 && ABOUT_THE_MAIL.has(command ?? "");
  if (!isFinal) return { outcome: "later", reason };
  const isBadAddress = command === "RCPT TO" && /\b5\.1\.[0-36]\b|user (unknown|not found)|no such user/i.test(reason);
  return isBadAddress ? { outcome: "bounced", reason } : { outcome: "failed", reason };
}

/** Mail into our own table, shown on a screen, when no server is set. Of a message that was erased meanwhile nothing is kept. */
export function mailboxTransport(db: Db): Transport {
  return {
    async deliver(mail) {
      await sql`
        insert into messages.mailbox (id, message_id, from_address, to_address, subject, html, text, headers, at)
        select id, ${mail.messageId}, ${mail.from}, ${mail.to}, ${mail.subject}, ${mail.html}, ${mail.text},
               ${JSON.stringify({ "Message-ID": mail.messageId, From: mail.from, To: mail.to, Subject: mail.subject, ...mail.headers })}::jsonb,
               ${mail.at}::timestamptz
        from messages.messages where id = ${mail.id} for key share
        on conflict (message_id) do nothing`.execute(db);
      return { outcome: "sent" };
    },
    retire: () => {},
    close: () => {},
  };
}
