import type { EmailBlock } from "../../../server/src/messages/contracts.ts";

/** What a closed block says of itself, beside the name of its kind. */
export function summaryOf(block: EmailBlock): string {
  switch (block.kind) {
    case "heading":
    case "button":
      return block.text;
    case "text":
      return block.html
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim();
    case "image":
    case "live":
      return block.alt;
    case "products":
      return block.source;
    case "fact":
      return block.shows;
    default:
      return "";
  }
}
