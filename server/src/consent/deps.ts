import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { HouseIn } from "../platform/house.ts";
import type { Secrets } from "../platform/secrets.ts";

export interface ConsentDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  /** Our own origin, without a slash at the end. */
  readonly publicUrl: string;
  readonly house: HouseIn;
  /** Queues a mail whose text is made already; safe when it resolves. */
  readonly sendMail: (mail: { to: string; subject: string; text: string; html: string }) => Promise<void>;
}
