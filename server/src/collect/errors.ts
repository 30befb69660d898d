import type { ErrorCatalogue } from "../platform/errors.ts";

/** Whole-request refusals of the event endpoints, in the form Segment's clients understand. */
export const requestErrors = {
  invalid_json: { status: 400, title: "The body is not valid JSON.", remedy: "Send JSON, plain or gzipped." },
  invalid_body: {
    status: 400,
    title: "The body is not an event or a batch of events.",
    remedy: 'Send `{"batch":[…]}` or one event.',
  },
  invalid_write_key: {
    status: 401,
    title: "The write key is missing or unknown.",
    remedy: "Send it by HTTP Basic, as Bearer or as `writeKey` in the body.",
  },
  body_too_large: {
    status: 413,
    title: "The body is too large.",
    remedy: "Send at most 4 MB, unpacked (`KILIM_BATCH_KB`).",
  },
  batch_too_large: {
    status: 413,
    title: "The batch has too many events.",
    remedy: "Send at most 2,500 events at once (`KILIM_BATCH_EVENTS`).",
  },
  key_rate: {
    status: 429,
    title: "This key sends more events than it may.",
    remedy: "Try again after `Retry-After` seconds, or raise `KILIM_KEY_RATE`.",
  },
  inbox_full: {
    status: 429,
    title: "More events are waiting than may wait.",
    remedy: "Try again after `Retry-After` seconds.",
  },
  not_durable: { status: 503, title: "The events could not be stored.", remedy: "Send them again." },
} as const satisfies ErrorCatalogue;

/** Refusals of single events inside an accepted request. */
export const eventErrors = {
  invalid_event: "An event is a JSON object.",
  invalid_type: "`type` is one of track, identify, page, screen, group, alias.",
  no_user_anon_id: "`userId` or `anonymousId` is needed.",
  no_previous_id: "alias needs `previousId`.",
  no_event_name: "track needs `event`, a text of at most 250 characters.",
  invalid_id: "Ids are texts or numbers of at most 500 characters.",
  invalid_message_id: "`messageId` is a text of at most 200 characters.",
  invalid_timestamp: "The timestamp is no RFC 3339 time after 1970.",
  invalid_properties:
    "`properties`, `traits` and `context` are objects of at most 500 keys; `mergeProperties` is a list of at most 20 `{ type, value }`.",
  invalid_characters: "Texts hold neither NUL nor lone surrogates.",
  forbidden_key: "`__proto__` is no name for a property.",
  too_deep: "The event is nested more than 32 levels deep.",
  message_id_conflict:
    "Another event of this key came under the same `messageId` before; that one stays, this one does not count.",
  event_too_large: "An event is larger than an event may be (32 kB unless set otherwise).",
  plan_violation: "The event is not as the tracking plan says.",
  unplanned_event: "The tracking plan has no event of this name.",
} as const;

export type EventErrorCode = keyof typeof eventErrors;
