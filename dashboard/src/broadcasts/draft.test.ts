import { expect, test } from "vitest";

import { bodyOf, draftOf, EMPTY } from "./draft.ts";
import type { BroadcastView } from "./queries.ts";

const full = {
  ...EMPTY,
  name: " Spring ",
  audience: "list:018f0000-0000-7000-8000-000000000001",
  templates: ["t1", "t2"],
  when: "local" as const,
  at: "2026-12-01T09:00",
  holdout: 10,
  hasWinner: true,
  isSure: true,
};

test("what is written becomes what the api is told, and back again", () => {
  const body = bodyOf(full);
  expect(body).toMatchObject({
    name: "Spring",
    audience: { list_id: "018f0000-0000-7000-8000-000000000001" },
    variants: [
      { key: "A", template_id: "t1" },
      { key: "B", template_id: "t2" },
    ],
    holdout: 0.1,
    winner: { test_share: 0.2, measure: "clicked", after: "PT4H", confidence: 0.95 },
    schedule: { kind: "local", at: "2026-12-01T09:00" },
    per_minute: null,
  });
  const view = { ...body, winner_rule: body?.winner } as unknown as BroadcastView;
  expect(draftOf(view)).toEqual({ ...full, name: "Spring" });
});

test("nothing is told while something is missing", () => {
  expect(bodyOf({ ...full, name: " " })).toBeNull();
  expect(bodyOf({ ...full, audience: null })).toBeNull();
  expect(bodyOf({ ...full, templates: ["t1", null] })).toBeNull();
  expect(bodyOf({ ...full, at: "" })).toBeNull();
  expect(bodyOf({ ...full, templates: ["t1"] })?.winner).toBeNull();
});
