import { z } from "zod";

import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { allowAgain } from "./allow-together.ts";
import {
  allowAnswer,
  allowBody,
  mergeAnswer,
  mergeBody,
  mergesPage,
  separationsAnswer,
  unmergeAnswer,
  unmergeBody,
} from "./contracts.ts";
import type { MergingDeps } from "./deps.ts";
import { mergePeople } from "./merge-people.ts";
import { readMerges, readSeparations } from "./read-merges.ts";
import { separatePerson } from "./separate-person.ts";

const managed = { access: manage };
const changing = { access: manage, idempotent: true };
const params = z.object({ ref: z.string().min(1).max(600) });

export function mergingRoutes(app: App, deps: MergingDeps): void {
  app.post(
    "/v1/profiles/merge",
    { config: changing, schema: { body: mergeBody, response: { 200: mergeAnswer } } },
    ({ body, principal }) => mergePeople(deps, body, actorOf(principal)),
  );
  app.post(
    "/v1/profiles/unmerge",
    { config: changing, schema: { body: unmergeBody, response: { 200: unmergeAnswer } } },
    ({ body, principal }) => separatePerson(deps, body, actorOf(principal)),
  );
  app.post(
    "/v1/profiles/allow-merge",
    { config: changing, schema: { body: allowBody, response: { 200: allowAnswer } } },
    async ({ body, principal }) => {
      await allowAgain(deps, body, actorOf(principal));
      return { allowed: true as const };
    },
  );
  app.get(
    "/v1/profiles/:ref/merges",
    { config: managed, schema: { params, querystring: pageQuery, response: { 200: mergesPage } } },
    (request) => readMerges(deps.db, request.params.ref, request.query),
  );
  app.get(
    "/v1/profiles/:ref/separations",
    { config: managed, schema: { params, response: { 200: separationsAnswer } } },
    async (request) => ({ items: await readSeparations(deps.db, request.params.ref) }),
  );
}

function actorOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
