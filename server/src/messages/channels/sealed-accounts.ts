import { type Db, inTransaction } from "../../platform/db.ts";
import { type SealedPlace, sealedColumn } from "../../platform/sealing/sealed-place.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { countOlder, pageOlder, replaceSecrets } from "../queries/sealed-accounts.pg.ts";
import { CONTENT_SEAL } from "../sending/render-message.ts";
import { openAccount, sealAccount } from "./accounts.ts";

const PAGE = 50;

/** Each account's secrets, under their own names. */
const accounts: SealedPlace = {
  name: "messages.accounts.secrets",
  count: (db, { sealMark }) => countOlder(db, sealMark),
  reseal: (db: Db, secrets: Secrets, after) =>
    inTransaction(db, async (tx) => {
      const page = await pageOlder(tx, secrets.sealMark, after, PAGE);
      for (const row of page) {
        const opened = openAccount(secrets, row).secrets;
        await replaceSecrets(tx, row.id, { ...row.secrets, ...sealAccount(secrets, row.provider, opened) });
      }
      return page.length === PAGE ? (page.at(-1)?.id ?? null) : null;
    }),
};

/** What lies sealed here: accounts' secrets, and texts that wait to be sent. */
export const sealedMessages: readonly SealedPlace[] = [
  accounts,
  sealedColumn({ table: "messages.messages", column: "content", purpose: CONTENT_SEAL }),
];
