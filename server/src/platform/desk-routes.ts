import { z } from "zod";

import type { Bus } from "./bus.ts";
import type { App } from "./http.ts";
import type { KeyRing } from "./keys.ts";
import { ACCESS_TOPIC } from "./live-streams.ts";
import { manage } from "./principal.ts";
import type { StaffAuth } from "./staff-auth.ts";

export interface DeskDeps {
  readonly staff: StaffAuth;
  readonly keys: KeyRing;
  readonly bus: Pick<Bus, "changed">;
  readonly isDemo: boolean;
  readonly publicUrl: string;
}

const session = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  needs_first_user: z.boolean(),
});
const keyView = z.object({
  id: z.string(),
  kind: z.enum(["write", "secret"]),
  name: z.string(),
  hint: z.string(),
  created_at: z.string(),
});
const created = z.object({ kind: z.enum(["write", "secret"]), name: z.string(), value: z.string() });

/** What our own screens ask before anything else: who is signed in, and how to reach this installation. */
export function deskRoutes(app: App, { staff, keys, bus, isDemo, publicUrl }: DeskDeps): void {
  app.all("/v1/auth/*", { config: { access: ["public"] } }, async (request, reply) => {
    const before = request.method === "POST" ? await staff.principalOf(request) : null;
    await staff.handle(request, reply);
    // It may have been a sign-out, here or of all sessions: whoever listens by one of them is looked at.
    if (before) bus.changed(ACCESS_TOPIC, before.userId, ["ended"]);
    return reply;
  });
  app.get(
    "/v1/session",
    { config: { access: ["public"] }, schema: { response: { 200: session } } },
    async (request) => {
      const principal = await staff.principalOf(request);
      if (!principal) return { user: null, needs_first_user: !(await staff.hasUsers()) };
      return { user: { id: principal.userId, name: principal.name, email: principal.email }, needs_first_user: false };
    },
  );
  app.get(
    "/v1/setup",
    {
      config: { access: ["public"] },
      schema: {
        response: { 200: z.object({ demo: z.boolean(), write_key: z.string().nullable(), public_url: z.string() }) },
      },
    },
    async () => {
      const write = (await keys.list()).find((key) => key.kind === "write");
      return { demo: isDemo, write_key: write?.value ?? null, public_url: publicUrl };
    },
  );
  app.get(
    "/v1/keys",
    {
      config: { access: manage },
      schema: { response: { 200: z.object({ items: z.array(keyView), next: z.null() }) } },
    },
    async () => ({
      items: (await keys.list()).map(({ id, kind, name, value, created_at }) => ({
        id,
        kind,
        name,
        hint: value ?? "sk_…",
        created_at,
      })),
      next: null,
    }),
  );
  app.post(
    "/v1/keys",
    {
      config: { access: manage, idempotent: true },
      schema: {
        body: z.object({ kind: z.enum(["write", "secret"]), name: z.string().trim().min(1).max(100) }),
        response: { 201: created },
      },
    },
    async ({ body }, reply) => reply.code(201).send({ ...body, value: await keys.create(body.kind, body.name) }),
  );
}
