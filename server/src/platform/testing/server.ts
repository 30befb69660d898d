import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { inject } from "vitest";

import { createApp } from "../../app.ts";
import { type Context, createRooms, type Rooms } from "../../rooms.ts";
import type { App } from "../http.ts";
import { defaultIntake, type IntakeSettings } from "../intake-settings.ts";
import { KeyRing } from "../keys.ts";
import { createLog, type Log } from "../log.ts";
import { createStaffAuth } from "../staff-auth.ts";
import { createWorld, type World } from "./world.ts";

export interface TestServer extends World {
  readonly app: App;
  readonly rooms: Rooms;
  /** What the rooms were given, to make a second set of them. */
  readonly context: Context;
  readonly url: string;
  readonly writeKey: string;
  readonly apiKey: string;
  readonly dataDir: string;
  readonly staff: { readonly email: string; readonly password: string };
  /** A JSON call; the key decides who asks (the secret key unless told). */
  call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
  /** Returns when everything accepted is worked in, swept, stepped, sent and shipped. */
  settle(): Promise<void>;
}

export interface ServerOptions {
  readonly world?: World;
  readonly smtpUrl?: string;
  /** Takes the log's lines; standard output when not given. */
  readonly log?: Log;
  readonly trustedProxies?: readonly string[];
  readonly intake?: Partial<IntakeSettings>;
  readonly outboundAllow?: readonly string[];
}

/** The whole Kilim (api and worker parts) in this process, on real engines and a clock that the test moves. */
export async function createServer(options: ServerOptions = {}): Promise<TestServer> {
  const world = options.world ?? (await createWorld());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const keys = new KeyRing(world.db, world.clock);
  const context = {
    ...world,
    keys,
    log: options.log ?? createLog("test", "warn"),
    publicUrl: url,
    trustedProxies: options.trustedProxies ?? [],
    intake: { ...defaultIntake, ...options.intake },
    rawDays: 7,
    node: "test",
    smtpUrl: options.smtpUrl ?? null,
    stripeKey: null,
    stripeWebhookSecret: null,
    mailFrom: "Dokuma <hello@dokuma.example>",
    dataDir: await mkdtemp(join(tmpdir(), "kilim-data-")),
    timeZone: "Europe/Istanbul",
    importBytes: 64 * 1024 * 1024,
    outboundAllow: options.outboundAllow ?? [],
  };
  const rooms = createRooms(context);
  const { database } = world.pool.options;
  const staff = createStaffAuth({
    postgres: { ...inject("postgres"), ...(database ? { database } : {}) },
    secret: "a secret of the tests only",
    publicUrl: url,
  });
  const app = await createApp(context, rooms, { staff, isDemo: true });
  await app.listen({ host: "127.0.0.1", port });
  for (const room of Object.values(rooms)) await room.start?.();
  const writeKey = await keys.create("write", "Test shop");
  const apiKey = await keys.create("secret", "Test");
  const member = { email: "staff@dokuma.example", password: "a long password" };
  await staff.createUser({ ...member, name: "Test Staff" });

  async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? null : JSON.parse(text)) as T };
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const before = await progress(world);
      await rooms.pipeline.drain();
      await rooms.segments.drain();
      await rooms.journeys.settle();
      await rooms.messages.feedDue();
      await rooms.messages.sendDue();
      await rooms.webhooks.sendDue();
      await rooms.privacy.workErasures();
      await rooms.pipeline.drain();
      quiet = (await progress(world)) === before ? quiet + 1 : 0;
    }
  }

  return {
    ...world,
    app,
    rooms,
    context,
    url,
    writeKey,
    apiKey,
    dataDir: context.dataDir,
    staff: member,
    call,
    settle,
    async close() {
      for (const room of Object.values(rooms).reverse()) await room.stop?.();
      await app.close();
      await staff.close();
      await world.close();
      await rm(context.dataDir, { recursive: true });
    },
  };
}

/** Grows whenever anything has been accepted or shipped. */
async function progress({ pool }: World): Promise<string> {
  const { rows } = await pool.query<{ mark: string }>(
    `select concat_ws(':', pg_sequence_last_value(pg_get_serial_sequence('collect.inbox', 'seq')::regclass),
       pg_sequence_last_value(pg_get_serial_sequence('pipeline.outbox', 'id')::regclass)) as mark`,
  );
  return rows[0]?.mark ?? "";
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
