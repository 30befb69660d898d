import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const messageErrors = {
  template_not_found: {
    status: 404,
    title: "There is no such template.",
    remedy: "List them with GET /v1/templates.",
  },
  template_not_valid: {
    status: 400,
    title: "The template cannot be compiled.",
    remedy: "Mend what `errors` names; a Liquid tag between MJML sections belongs into <mj-raw>.",
  },
  test_without_address: {
    status: 400,
    title: "Nobody is said to get the test.",
    remedy: "Give an e-mail address as `to`; a member of staff's own is taken without.",
  },
  version_not_found: {
    status: 404,
    title: "There is no such version.",
    remedy: "List them with GET /v1/templates/{id}/versions.",
  },
  draft_not_found: { status: 404, title: "Nobody is writing on this.", remedy: "Save a draft with revision 0." },
  draft_conflict: {
    status: 409,
    title: "Somebody else has written on this draft meanwhile.",
    remedy: "Read the draft, bring both together, save with its revision.",
  },
  block_not_found: { status: 404, title: "There is no such shared block.", remedy: "List them with GET /v1/blocks." },
  block_key_taken: { status: 409, title: "There is a shared block with this key.", remedy: "Choose another key." },
  block_not_valid: {
    status: 400,
    title: "The shared block cannot be compiled.",
    remedy: "Mend what `errors` names; Liquid and MJML are checked as in a template.",
  },
  image_not_found: { status: 404, title: "There is no such picture.", remedy: "List them with GET /v1/images." },
  image_not_valid: {
    status: 400,
    title: "The file cannot be used as a picture.",
    remedy: "Upload a PNG, JPEG, GIF, WebP or SVG of at most 5 MB.",
  },
  message_not_found: { status: 404, title: "There is no such message.", remedy: "List them with GET /v1/messages." },
  mail_not_found: { status: 404, title: "There is no such mail.", remedy: "List them with GET /v1/mailbox." },
  broadcast_not_found: {
    status: 404,
    title: "There is no such broadcast.",
    remedy: "List them with GET /v1/broadcasts.",
  },
  broadcast_launched: {
    status: 409,
    title: "The broadcast has been launched; it cannot be changed or launched again.",
    remedy: "Pause or cancel it, or make another.",
  },
  broadcast_not_under_way: {
    status: 409,
    title: "The broadcast is not under way.",
    remedy: "Only one that has been launched and has not ended can be paused, resumed or cancelled.",
  },
  broadcast_not_testing: {
    status: 409,
    title: "There is no winner to choose now.",
    remedy: "A winner is chosen once the test has gone out and before the rest follows.",
  },
  variant_not_found: {
    status: 404,
    title: "The broadcast has no such variant.",
    remedy: "Take one of its `variants`.",
  },
  variants_differ: {
    status: 400,
    title: "The variants are on different channels.",
    remedy: "Take templates of one channel.",
  },
  audience_not_found: {
    status: 404,
    title: "There is no such segment or list.",
    remedy: "List them with GET /v1/segments or GET /v1/lists.",
  },
  message_not_failed: {
    status: 409,
    title: "Only a message that failed or bounced can be sent again.",
    remedy: "Look at its `status`.",
  },
  message_not_kept: {
    status: 409,
    title: "The text of this message is not kept, so it cannot be sent again.",
    remedy: "A code, a confirmation or an answer is asked for anew by whoever waits for it.",
  },
  link_not_valid: {
    status: 404,
    title: "This link is not one of ours.",
    remedy: "Use the link as it stands in the mail.",
  },
  not_one_click: {
    status: 400,
    title: "This is not a one-click unsubscription.",
    remedy: "POST the body `List-Unsubscribe=One-Click` (RFC 8058).",
  },
  account_not_found: {
    status: 404,
    title: "There is no such account.",
    remedy: "List them with GET /v1/channels/accounts.",
  },
  account_not_valid: {
    status: 400,
    title: "The account is not as its provider needs it.",
    remedy: "Mend what `errors` names; GET /v1/channels/providers says what each provider needs.",
  },
  account_in_use: {
    status: 409,
    title: "Ad audiences are filled over this account.",
    remedy: "Remove them first: GET /v1/audiences.",
  },
  ad_audience_not_found: {
    status: 404,
    title: "There is no such ad audience.",
    remedy: "List them with GET /v1/audiences.",
  },
  ad_audience_not_valid: {
    status: 400,
    title: "The ad audience cannot be filled like this.",
    remedy: "Mend what `errors` names.",
  },
  ad_audience_not_made: {
    status: 502,
    title: "The network did not make the audience.",
    remedy:
      "Look at what the detail says; at Meta the account needs `ad_account_id`. Or make it there and give its `external_id`.",
  },
  ad_audience_leaving: {
    status: 409,
    title: "The ad audience is being emptied.",
    remedy: "It goes when the network has been told; make another.",
  },
  templates_not_listed: {
    status: 502,
    title: "Meta does not say which templates are approved.",
    remedy: "Set `business_account_id` in the account's settings, and look at what the detail says.",
  },
  call_not_found: { status: 404, title: "There is no such call.", remedy: "List them with GET /v1/calls." },
  call_taken: {
    status: 409,
    title: "Somebody else is making this call.",
    remedy: "Take another, or this one when they have not finished it within an hour.",
  },
  call_done: { status: 409, title: "This call is done.", remedy: "List the open ones with GET /v1/calls." },
  no_letters: {
    status: 409,
    title: "No letter of this format waits to be printed.",
    remedy: "See GET /v1/letters/waiting.",
  },
  batch_not_found: {
    status: 404,
    title: "There is no such batch of letters.",
    remedy: "List them with GET /v1/letters/batches.",
  },
  visitor_unknown: {
    status: 400,
    title: "It is not said whose browser or app this is.",
    remedy: "Send `x-kilim-anonymous-id` or a shopper token; with a secret key, `profile`.",
  },
  hook_not_ours: {
    status: 401,
    title: "This request is not signed as the account's provider would.",
    remedy: "Set the account's hook secret to the one the provider signs with.",
  },
  from_not_valid: {
    status: 400,
    title: "The sender's address is not valid.",
    remedy: "Write it as `Name <address@example.com>`.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(messageErrors);
