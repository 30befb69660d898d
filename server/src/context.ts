import { PgBus } from "./platform/bus.ts";
import type { Clock } from "./platform/clock.ts";
import { type DbHandle, openDb } from "./platform/db.ts";
import type { EngineAddresses } from "./platform/engines/open.ts";
import { openHistory } from "./platform/history.ts";
import { readKeys } from "./platform/installation.ts";
import { KeyRing } from "./platform/keys.ts";
import { createLog } from "./platform/log.ts";
import { createSecrets } from "./platform/secrets.ts";
import type { Settings } from "./platform/settings.ts";
import type { Context } from "./rooms.ts";

export interface OpenContext extends Context {
  readonly state: DbHandle;
  close(): Promise<void>;
}

/** Opens a part's own connections to the engines. */
export async function openContext(
  part: "api" | "worker",
  engines: EngineAddresses,
  settings: Settings,
  clock: Clock,
): Promise<OpenContext> {
  const keys = await readKeys(settings);
  const state = openDb({ ...engines.postgres, max: 12, applicationName: `kilim ${part}`, isKeyed: part === "worker" });
  const history = openHistory(engines.history);
  const bus = await PgBus.open(state.pool);
  return {
    db: state.db,
    state,
    history,
    clock,
    bus,
    keys: new KeyRing(state.db, clock),
    secrets: createSecrets(...keys),
    log: createLog(part, "warn"),
    publicUrl: settings.publicUrl,
    trustedProxies: settings.trustedProxies,
    intake: settings.intake,
    rawDays: settings.rawDays,
    node: settings.node,
    smtpUrl: settings.smtpUrl ?? null,
    stripeKey: settings.stripeKey ?? null,
    stripeWebhookSecret: settings.stripeWebhookSecret ?? null,
    mailFrom: settings.mailFrom,
    timeZone: settings.timeZone,
    dataDir: settings.dataDir,
    importBytes: settings.importMb * 1024 * 1024,
    outboundAllow: settings.outboundAllow,
    async close() {
      await bus.close();
      await history.close();
      await state.close();
    },
  };
}
