import fastifySwagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

import type { App } from "./http.ts";

/** `/openapi.json`: OpenAPI 3.1, made from the schemas of the routes. */
export async function describeApi(app: App, publicUrl: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Kilim", version: "0.1.0", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          key: {
            type: "http",
            scheme: "bearer",
            description: "A secret key, or a write key for what a device may do.",
          },
          shopper: {
            type: "apiKey",
            in: "header",
            name: "x-kilim-shopper",
            description: "A shopper token, beside the write key.",
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  app.get("/openapi.json", { config: { access: ["public"] }, schema: { hide: true } }, () => app.swagger());
}
