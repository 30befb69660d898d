import type { AddressInfo } from "node:net";

import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A real SMTP server on the loopback that keeps what it gets, and misbehaves when told to. */
export interface MailServer {
  readonly url: string;
  readonly received: ParsedMail[];
  /** Raw source of each mail, header and all. */
  readonly sources: string[];
  /** Answers the next recipients with this error instead. */
  refuseNext(code: number, text: string, times?: number): void;
  /** Called when a mail has arrived whole, before the server says yes. */
  onMail: () => Promise<void>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ParsedMail[] = [];
  const sources: string[] = [];
  const refusals: Error[] = [];
  const mail = { onMail: async () => {} };
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 500,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_address, _session, done) => done(refusals.shift()),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const source = Buffer.concat(chunks).toString("utf8");
        simpleParser(source)
          .then(async (parsed) => {
            received.push(parsed);
            sources.push(source);
            await mail.onMail();
            done();
          })
          .catch(done);
      });
    },
  });
  server.on("error", () => {
    // A client that hangs up mid-way is part of what is tested.
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(mail, {
    url: `smtp://127.0.0.1:${port}`,
    received,
    sources,
    refuseNext(code: number, text: string, times = 1) {
      for (let i = 0; i < times; i++) refusals.push(Object.assign(new Error(text), { responseCode: code }));
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
