import { z } from "zod";

import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { hasAudiences } from "../audiences/queries/audience-rows.pg.ts";
import type { AccountChannel } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import {
  type AccountRow,
  listAccounts,
  loadAccount,
  loadDefaultAccount,
  lockAccounts,
  removeAccount,
  saveAccount,
} from "../queries/accounts.pg.ts";
import type { AccountBody, AccountCheck, AccountView, ChannelBody, ProviderList } from "./account-contracts.ts";
import { openAccount, sealAccount } from "./accounts.ts";
import { reasonOf, type Tools } from "./adapter.ts";
import { PROVIDERS, type Provider, providerOf } from "./adapters.ts";
import { openAdLine, openLine } from "./lines.ts";

export type AccountDeps = Pick<MessagesDeps, "db" | "clock" | "secrets" | "bus" | "publicUrl">;

export function readProviders(): ProviderList {
  return {
    items: PROVIDERS.map(({ channel, provider, title, settings, secrets, hookSecrets, readHook }) => ({
      channel,
      provider,
      title,
      settings: z.toJSONSchema(settings, { io: "input" }) as JsonObject as Record<string, z.core.util.JSONType>,
      secrets: [...secrets],
      hook_secrets: [...(hookSecrets ?? [])],
      has_hook: readHook !== undefined,
    })),
  };
}

export async function readAccounts(deps: AccountDeps, query: PageQuery): Promise<Page<AccountView>> {
  const after = decodeCursor(query.after, 3) as [string, string, string] | null;
  const found = await listAccounts(deps.db, after, query.limit + 1);
  const page = toPage(found, query.limit, ({ channel, name, id }) => [channel, name, id]);
  return { ...page, items: page.items.map((row) => toView(deps, row)) };
}

export async function readAccount(deps: AccountDeps, id: string): Promise<AccountView> {
  return toView(deps, await accountRow(deps, id));
}

export async function readChannel(deps: AccountDeps, channel: AccountChannel): Promise<AccountView> {
  const row = await loadDefaultAccount(deps.db, channel);
  if (!row) throw refuse("account_not_found", "This channel has no account yet.");
  return toView(deps, row);
}

export async function addAccount(deps: AccountDeps, body: AccountBody): Promise<AccountView> {
  return await write(deps, newId(deps.clock), body, null);
}

/** Channel and provider stay: another provider is another account. */
export async function changeAccount(deps: AccountDeps, id: string, body: AccountBody): Promise<AccountView> {
  const row = await accountRow(deps, id);
  if (row.channel !== body.channel || row.provider !== body.provider)
    throw refuse("account_not_valid", "Another provider is another account: add it.");
  return await write(deps, id, body, row);
}

/** The channel's default account becomes this; one of another provider stays, and is the default no more. */
export async function putChannel(deps: AccountDeps, channel: AccountChannel, body: ChannelBody): Promise<AccountView> {
  const standing = await loadDefaultAccount(deps.db, channel);
  const row = standing?.provider === body.provider ? standing : null;
  const name = body.name ?? row?.name ?? findProvider(channel, body.provider).title;
  return await write(deps, row?.id ?? newId(deps.clock), { ...body, channel, name, is_default: true }, row);
}

export async function deleteAccount(deps: AccountDeps, id: string): Promise<void> {
  await accountRow(deps, id);
  if (await hasAudiences(deps.db, id)) throw refuse("account_in_use");
  await removeAccount(deps.db, id);
  deps.bus.changed("channel", id, ["account"]);
}

/** Asks the provider, as the account stands now. */
export async function checkAccount(deps: AccountDeps, tools: Tools, id: string): Promise<AccountCheck> {
  const account = openAccount(deps.secrets, await accountRow(deps, id));
  const missing = providerOf(account.channel, account.provider)?.secrets.filter((name) => !(name in account.secrets));
  if (missing?.length) return { ok: false, detail: `Not set: ${missing.join(", ")}.` };
  try {
    if (account.channel === "ads") return await openAdLine(account, tools).check(null);
    const line = openLine(account, tools);
    return await line.check().finally(() => line.close());
  } catch (error) {
    return { ok: false, detail: reasonOf(error) };
  }
}

async function write(deps: AccountDeps, id: string, body: AccountBody, row: AccountRow | null): Promise<AccountView> {
  const spec = findProvider(body.channel, body.provider);
  const settings = readSettings(spec, body.settings);
  const secrets = { ...row?.secrets, ...sealAccount(deps.secrets, body.provider, readSecrets(spec, body, row)) };
  const kept = Object.fromEntries(Object.entries(secrets).filter(([name]) => body.secrets[name] !== null));
  await inTransaction(deps.db, async (tx) => {
    await lockAccounts(tx, body.channel);
    const standing = await loadDefaultAccount(tx, body.channel);
    await saveAccount(tx, {
      id,
      channel: body.channel,
      provider: body.provider,
      name: body.name,
      settings,
      secrets: kept,
      endpoint: body.endpoint,
      rate_per_second: body.rate_per_second,
      // A channel with accounts always has a default one.
      is_default: body.is_default || !standing || standing.id === id,
      now: deps.clock.now().toString(),
    });
  });
  deps.bus.changed("channel", id, ["account"]);
  return await readAccount(deps, id);
}

function findProvider(channel: AccountChannel, provider: string): Provider {
  const spec = providerOf(channel, provider);
  if (spec) return spec;
  const known = PROVIDERS.filter((one) => one.channel === channel).map((one) => one.provider);
  throw refuse("account_not_valid", undefined, [{ path: "provider", message: `one of ${known.join(", ")}` }]);
}

function readSettings(spec: Provider, given: JsonObject): JsonObject {
  const read = spec.settings.safeParse(given);
  if (read.success) return read.data as JsonObject;
  const fields = read.error.issues.map(({ path, message }) => ({ path: ["settings", ...path].join("."), message }));
  throw refuse("account_not_valid", undefined, fields);
}

function readSecrets(spec: Provider, body: AccountBody, row: AccountRow | null): Record<string, string> {
  const names = [...spec.secrets, ...(spec.hookSecrets ?? [])];
  const given = Object.entries(body.secrets).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  const strange = Object.keys(body.secrets).filter((name) => !names.includes(name));
  const isThere = (name: string) =>
    body.secrets[name] !== null && (name in body.secrets || name in (row?.secrets ?? {}));
  const problems = [
    ...strange.map((name) => ({ path: `secrets.${name}`, message: `one of ${names.join(", ")}` })),
    ...spec.secrets.filter((name) => !isThere(name)).map((name) => ({ path: `secrets.${name}`, message: "is needed" })),
  ];
  if (problems.length > 0) throw refuse("account_not_valid", undefined, problems);
  return Object.fromEntries(given);
}

async function accountRow({ db }: Pick<AccountDeps, "db">, id: string): Promise<AccountRow> {
  const row = await loadAccount(db, id);
  if (!row) throw refuse("account_not_found");
  return row;
}

function toView({ publicUrl }: AccountDeps, row: AccountRow): AccountView {
  const { id, channel, provider, name, settings, endpoint, rate_per_second, is_default } = row;
  const hasHook = providerOf(channel, provider)?.readHook !== undefined;
  return {
    id,
    channel,
    provider,
    name,
    settings: settings as AccountView["settings"],
    secrets: Object.keys(row.secrets).sort(),
    endpoint,
    rate_per_second,
    is_default,
    hook_url: hasHook ? `${publicUrl}/v1/hooks/${id}` : null,
  };
}
