import { type Live, NOTHING_LIVE, readLive as readLiveOf } from "../content/read-live.ts";
import type { MessagesDeps } from "../deps.ts";
import { needsOfTemplate } from "../templates/render-template.ts";
import type { Facts } from "./gather-facts.ts";

/** What this message's text reads of what is live; a broadcast that shows no cart asks for none. */
export async function readLive({ live }: Pick<MessagesDeps, "live">, { personal }: Facts): Promise<Live> {
  if (personal === null) return NOTHING_LIVE;
  const { profile, template, content } = personal;
  const found = await readLiveOf(live, [profile], needsOfTemplate(template.channel, content));
  return found.get(profile.id) ?? NOTHING_LIVE;
}
