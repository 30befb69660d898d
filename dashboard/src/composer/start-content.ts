import type { Channel, Written } from "../../../server/src/messages/contracts.ts";

/** What a language begins with when nothing can be taken over from another. */
export function startContent(channel: Channel): Written {
  switch (channel) {
    case "email":
      return { subject: "", blocks: [{ id: "b1", kind: "text", html: "<p></p>", align: "left" }] };
    case "whatsapp":
      return { kind: "text", text: "" };
    case "push":
      return { title: "", body: "", image: "", url: "", actions: [], replaces: "", ttl: 86_400 };
    case "onsite":
      return { layout: "banner", slot: "", title: "", body: "", image: "" };
    case "webhook":
      return { url: "", method: "POST", headers: {}, body: "{}" };
    case "letter":
      return { format: "letter_a4", heading: "", body: "" };
    case "call":
      return { reason: "", script: "" };
    case "social":
      return { text: "", image: "" };
    default:
      return { text: "" };
  }
}
