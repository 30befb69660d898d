import { readdirSync } from "node:fs";

import { expect, test } from "vitest";

import type { ErrorEntry } from "../server/src/platform/errors.ts";

const ROOMS = new URL("../server/src/", import.meta.url);

/** Every error catalogue of the server, by its room. */
async function catalogues(): Promise<Map<string, Record<string, ErrorEntry>>> {
  const found = new Map<string, Record<string, ErrorEntry>>();
  for (const room of readdirSync(ROOMS, { withFileTypes: true })) {
    if (!room.isDirectory() || !readdirSync(new URL(`${room.name}/`, ROOMS)).includes("errors.ts")) continue;
    const module = (await import(new URL(`${room.name}/errors.ts`, ROOMS).pathname)) as Record<string, unknown>;
    const entries = Object.values(module).flatMap((value) => (isCatalogue(value) ? Object.entries(value) : []));
    if (entries.length > 0) found.set(room.name, Object.fromEntries(entries));
  }
  return found;
}

function isCatalogue(value: unknown): value is Record<string, ErrorEntry> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === "object" && entry !== null && "remedy" in entry)
  );
}

test("docs/errors.md says every error that the API can answer with", async () => {
  const rooms = await catalogues();
  expect(rooms.size).toBeGreaterThan(8);
  const parts = [...rooms].map(([room, entries]) => {
    const rows = Object.entries(entries).map(
      ([code, { status, title, remedy }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${title} | ${remedy} |`,
    );
    return `## ${room}\n\n| code | status | what it means | what to do |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  const text = `# Errors\n\nMade from the rooms' catalogues (\`errors.ts\`); \`npx vitest run test/errors-doc.test.ts -u\` writes it anew.\nErrors are \`application/problem+json\` (RFC 9457) with a stable \`code\`; bad fields are told in \`errors: [{ path, message }]\`,\nin definitions of segments and in journeys with a stable \`code\` of their own (docs/segments.md, docs/journeys.md).\nThe Segment-compatible endpoints answer \`{ "success": false, "code", "message" }\` instead.\n\n${parts.join("\n")}`;
  await expect(text).toMatchFileSnapshot("../docs/errors.md");
});
