import type { Db } from "../../platform/db.ts";
import { mailboxTransport, smtpTransport, type Transport } from "./transport.ts";

/** The transport of the present setting; a changed SMTP address takes effect with the next mail. */
export class Transports {
  readonly #mailbox: Transport;
  readonly #connections: number;
  #smtp: { readonly url: string; readonly transport: Transport } | null = null;

  constructor(db: Db, connections: number) {
    this.#connections = connections;
    this.#mailbox = mailboxTransport(db);
  }

  for(smtpUrl: string | null): Transport {
    if (smtpUrl === null) return this.#mailbox;
    if (this.#smtp?.url !== smtpUrl) {
      this.#smtp?.transport.retire();
      this.#smtp = { url: smtpUrl, transport: smtpTransport(smtpUrl, this.#connections) };
    }
    return this.#smtp.transport;
  }

  close(): void {
    this.#smtp?.transport.close();
    this.#smtp = null;
  }
}
