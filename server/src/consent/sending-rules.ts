import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { type SendingRules, type SendingRulesView, sendingRules } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { nextAllowed } from "./hours/next-allowed.ts";
import { loadRules, saveRules } from "./queries/rules.pg.ts";

/** What wakes people up keeps quiet at night until somebody says otherwise; mail waits unheard. */
const AT_FIRST: SendingRules = {
  caps: [],
  quiet_hours: [{ channels: ["sms", "whatsapp", "push", "call", "social"], from: "21:00", to: "08:00" }],
  windows: [],
};

export async function readSendingRules(db: Db): Promise<SendingRules> {
  const row = await loadRules(db);
  return row ? sendingRules.parse(row.rules) : AT_FIRST;
}

export async function showSendingRules(db: Db): Promise<SendingRulesView> {
  const row = await loadRules(db);
  if (!row) return { ...AT_FIRST, changed_by: null, updated_at: null };
  return { ...sendingRules.parse(row.rules), changed_by: row.changed_by, updated_at: row.updated_at };
}

/** The rules hold for the next message that is about to leave; those that wait are judged anew at their time. */
export async function changeSendingRules(
  { db, clock }: { db: Db; clock: Clock },
  rules: SendingRules,
  changedBy: string,
): Promise<SendingRulesView> {
  const now = clock.now();
  const named = [...rules.quiet_hours, ...rules.windows].flatMap(({ channels }) => channels);
  // "other" stands for every channel that no rule names.
  for (const channel of new Set([...named, "other"])) {
    if (nextAllowed(rules, channel, "UTC", now) === null) {
      const message = `${channel}: quiet hours cover all of its sending windows`;
      throw refuse("never_allowed", message, [{ path: "quiet_hours", message }]);
    }
  }
  await saveRules(db, JSON.stringify(rules), changedBy, now.toString());
  return showSendingRules(db);
}
