import type { History } from "../../platform/history.ts";
import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { propertiesQuery, propertyPage, valuePage, valuesQuery, vocabularyView } from "../contracts.ts";
import { readProperties, readValues } from "./read-choices.ts";
import { readVocabulary } from "./read-vocabulary.ts";
import type { Surveys } from "./surveys.ts";

/** What a builder suggests while somebody types. */
export function vocabularyRoutes(app: App, history: History, surveys: Surveys): void {
  const config = { access: manage };
  app.route({
    method: "GET",
    url: "/v1/segments/vocabulary",
    config,
    schema: { response: { 200: vocabularyView } },
    handler: () => readVocabulary(history, surveys),
  });
  app.route({
    method: "GET",
    url: "/v1/segments/vocabulary/properties",
    config,
    schema: { querystring: propertiesQuery, response: { 200: propertyPage } },
    handler: (request) => readProperties(surveys, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/segments/vocabulary/values",
    config,
    schema: { querystring: valuesQuery, response: { 200: valuePage } },
    handler: (request) => readValues(surveys, request.query),
  });
}
