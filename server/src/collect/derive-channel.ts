import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { CHANNELS, type Channel } from "./contracts.ts";

const KNOWN = new Set<string>(CHANNELS);
const RUDDER: Readonly<Record<string, Channel>> = { mobile: "app", server: "api", sources: "api" };
const APP_LIBRARY = /android|ios|react.?native|flutter|swift|kotlin|xamarin|cordova/i;
const WEB_LIBRARY = /analytics(\.js|-next)|kilim-js|javascript|rudder.*js/i;

/** The channel a client names in `context.channel` (Rudder: `channel`), else the one its library and page speak of. */
export function deriveChannel(named: unknown, context: JsonObject): Channel {
  const name =
    typeof named === "string"
      ? named.toLowerCase()
      : typeof context.channel === "string"
        ? context.channel.toLowerCase()
        : "";
  if (KNOWN.has(name)) return name as Channel;
  if (Object.hasOwn(RUDDER, name)) return RUDDER[name] ?? "api";
  const library = libraryOf(context);
  if (APP_LIBRARY.test(library)) return "app";
  return WEB_LIBRARY.test(library) || isJsonObject(context.page) ? "web" : "api";
}

/** Whether a library of browsers or apps sends it: then the request comes from the person's own device. */
export function isFromDevice(context: JsonObject): boolean {
  const library = libraryOf(context);
  return APP_LIBRARY.test(library) || WEB_LIBRARY.test(library);
}

function libraryOf({ library }: JsonObject): string {
  return isJsonObject(library) && typeof library.name === "string" ? library.name : "";
}
