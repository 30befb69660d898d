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
  message_not_found: { status: 404, title: "There is no such message.", remedy: "List them with GET /v1/messages." },
  mail_not_found: { status: 404, title: "There is no such mail.", remedy: "List them with GET /v1/mailbox." },
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
