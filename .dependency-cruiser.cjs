/** Which room may enter which. It must stay free of circles: news flows the other way, through events. */
const ROOMS = {
  platform: [],
  collect: ["platform"],
  experiments: ["platform"],
  catalog: ["platform", "collect"],
  insight: ["platform", "experiments"],
  inventory: ["platform", "collect", "catalog"],
  identity: ["platform", "collect"],
  imports: ["platform", "collect", "identity"],
  profiles: ["platform", "collect", "identity"],
  consent: ["platform", "collect", "identity", "profiles"],
  reach: ["platform", "profiles", "consent", "experiments"],
  segments: ["platform", "collect", "profiles"],
  lists: ["platform", "collect", "identity", "catalog", "inventory"],
  orders: ["platform", "collect", "identity", "catalog", "inventory", "lists"],
  decisions: ["platform", "profiles", "segments", "catalog", "inventory", "lists", "identity"],
  messages: [
    "platform",
    "collect",
    "profiles",
    "consent",
    "experiments",
    "segments",
    "identity",
    "catalog",
    "inventory",
    "lists",
  ],
  journeys: ["platform", "collect", "profiles", "segments", "messages", "experiments"],
  privacy: ["platform", "identity", "profiles"],
  pipeline: ["platform", "collect", "identity", "profiles", "segments", "journeys"],
  plan: ["platform", "collect"],
  merging: ["platform", "collect", "identity", "profiles", "segments", "pipeline"],
  webhooks: ["platform", "segments"],
  debugger: ["platform", "collect", "identity", "pipeline"],
};
/** These wire the rooms together; no room enters them. `demo` fills a new installation through every room's door. */
const ABOVE_ROOMS = "^server/src/(demo|parts)/|^server/src/[^/]+\\.ts$";
/** Tests stand outside the walls; what they use is theirs alone. */
const TEST = "\\.test\\.tsx?$|/testing[./]";

const names = Object.keys(ROOMS);
const inside = (rooms) => `^server/src/(${rooms.join("|")})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  rooms: ROOMS,
  forbidden: [
    ...names.map((room) => {
      const closed = names.filter((other) => other !== room && !ROOMS[room].includes(other));
      return {
        name: `${room}-enters-only-its-own`,
        comment: `${room} may enter: ${ROOMS[room].join(", ") || "no other room"}. Take a function as argument, or send an event.`,
        severity: "error",
        from: { path: inside([room]), pathNot: TEST },
        to: { path: [...(closed.length > 0 ? [inside(closed)] : []), ABOVE_ROOMS], pathNot: TEST },
      };
    }),
    {
      name: "through-the-door",
      comment: "A room is entered through its index.ts; plain shapes and schemas are in its contracts.ts.",
      severity: "error",
      from: { path: "^server/src/([^/]+)/", pathNot: TEST },
      to: {
        path: inside(names.filter((name) => name !== "platform")),
        pathNot: ["^server/src/$1/", "^server/src/[^/]+/(index|contracts)\\.ts$"],
      },
    },
    {
      name: "screens-see-contracts-only",
      comment:
        "Screens and SDK take types and schemas from a room's contracts.ts, everything else over the public API.",
      severity: "error",
      from: { path: "^(dashboard|store|shop|sdk)/src/", pathNot: TEST },
      to: { path: "^server/", pathNot: "^server/src/[^/]+/contracts\\.ts$" },
    },
    {
      name: "no-test-code-in-the-product",
      severity: "error",
      from: { path: "^(server|dashboard|store|shop|sdk)/src/", pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: "no-circle",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolves", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "\\?" } },
  ],
  options: {
    // TypeScript 7 has no API dependency-cruiser could use; without swc it would read no module and pass.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default", "require"],
    },
  },
};
