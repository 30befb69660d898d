import { randomBytes } from "node:crypto";

import { createApp } from "../app.ts";
import { type OpenContext, openContext } from "../context.ts";
import type { Api } from "../demo/day/index.ts";
import type { App } from "../platform/http.ts";
import { type AccessFile, readAccess, writeAccess } from "../platform/installation.ts";
import type { JsonObject } from "../platform/json.ts";
import type { KeyKind } from "../platform/keys.ts";
import type { StartPart } from "../platform/part.ts";
import type { Settings } from "../platform/settings.ts";
import { createStaffAuth, DEMO_EMAIL, type StaffAuth } from "../platform/staff-auth.ts";
import { StartError } from "../platform/start-error.ts";
import { createRooms } from "../rooms.ts";

const LOOPBACK = /^(127(\.\d+){3}|::1|localhost)$/;

const KNOWN_ELSEWHERE = "printed by the node that was started first";

/** The part that answers people. */
export const startApi: StartPart = async (engines, settings, clock) => {
  const context = await openContext("api", engines, settings, clock);
  const staff = createStaffAuth({
    postgres: engines.postgres,
    secret: context.secrets.sign("staff-sessions", "better-auth"),
    publicUrl: settings.publicUrl,
  });
  const access = await prepareAccess(context, staff, settings);
  const rooms = createRooms(context);
  const app = await createApp(context, rooms, { staff, isDemo: settings.isDemo });
  await app.listen({ host: settings.host, port: settings.port });
  const closing = new AbortController();
  if (settings.isDemo) void playDemoDay(context, app, access, closing.signal);
  return {
    lines: welcome(access, settings),
    async stop() {
      closing.abort();
      await app.close();
      await staff.close();
      await context.close();
    },
  };
};

/** What happens at the demo's shop after its year comes in by this very API. */
async function playDemoDay(
  { db, clock, log }: OpenContext,
  app: App,
  { write_key, api_key }: AccessFile,
  signal: AbortSignal,
): Promise<void> {
  const api: Api = async ({ method, url, body, device }) => {
    const key = device === undefined ? api_key : write_key;
    const headers = { authorization: `Bearer ${key}`, ...(device === undefined ? {} : { [DEVICE]: device }) };
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url} was answered with ${answer.statusCode}`);
    return answer.json<JsonObject>();
  };
  // Of several nodes the one that was started first knows the keys.
  if (write_key === null || api_key === null) return;
  try {
    const { openDay } = await import("../demo/day/index.ts");
    await openDay({ db, clock, api }, signal);
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, "the demo's day ended early");
  }
}

const DEVICE = "x-kilim-anonymous-id";

/** Makes the first keys, and for a demo the account to sign in with; what is made is kept readable for its owner. */
async function prepareAccess(context: OpenContext, staff: StaffAuth, settings: Settings): Promise<AccessFile> {
  const known = await readAccess(settings.dataDir);
  const isAlone = settings.databaseUrl === undefined;
  const write_key = await ensureKey(context, "write", settings.writeKey, known?.write_key, isAlone);
  const api_key = await ensureKey(context, "secret", settings.apiKey, known?.api_key, isAlone);
  const demo = settings.isDemo ? await ensureDemoUser(staff, known) : null;
  if (!LOOPBACK.test(settings.host) && (await staff.hasUser(DEMO_EMAIL))) {
    throw new StartError(
      `Kilim does not listen on ${settings.host} while the demo account exists: start with KILIM_DEMO=0 and an empty KILIM_DATA folder, or keep KILIM_HOST at 127.0.0.1.`,
    );
  }
  const access = { url: settings.publicUrl, write_key, api_key, demo };
  await writeAccess(settings.dataDir, access);
  return access;
}

async function ensureKey(
  { keys }: OpenContext,
  kind: KeyKind,
  set: string | undefined,
  known: string | null | undefined,
  isAlone: boolean,
): Promise<string | null> {
  if (set !== undefined) return keys.create(kind, "From the environment", set);
  if (known && (await keys.find(known))) return known;
  // Another node has made the first one; each start of each node making one more would leave a heap of them.
  if (!isAlone && (await keys.hasAny(kind))) return null;
  return keys.create(kind, "First key");
}

async function ensureDemoUser(staff: StaffAuth, known: AccessFile | null): Promise<AccessFile["demo"]> {
  if (await staff.hasUser(DEMO_EMAIL)) return known?.demo ?? null;
  if (await staff.hasUsers()) return null;
  const password = randomBytes(9).toString("base64url");
  await staff.createUser({ email: DEMO_EMAIL, name: "Demo", password });
  return { email: DEMO_EMAIL, password };
}

function welcome(access: AccessFile, settings: Settings): string[] {
  return [
    `Dashboard   ${settings.publicUrl}/`,
    `Till        ${settings.publicUrl}/store/`,
    `Demo shop   ${settings.publicUrl}/shop/`,
    access.demo
      ? `Sign in     ${access.demo.email}   password ${access.demo.password}`
      : "Sign in     with the first account (made on the dashboard)",
    `Write key   ${access.write_key ?? KNOWN_ELSEWHERE}`,
    `API key     ${access.api_key ?? KNOWN_ELSEWHERE}`,
  ];
}
