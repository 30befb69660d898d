/** The id under which History keeps events of nobody we know. */
export const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')";

/** Joins events (as `events`) to whom they belong to now, also before a merge is written into their rows; gives `PERSON`. */
export const JOIN_PERSON = `left any join (
  select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id
) as overrides on events.person_id = overrides.from_id`;
export const PERSON = `if(overrides.from_id = ${NOBODY}, events.person_id, overrides.into_id)`;

/** Rows of the period `{from}` to `{to}`; what bots did is in no figure. */
export const IN_PERIOD =
  "events.timestamp >= {from:DateTime64(3)} and events.timestamp <= {to:DateTime64(3)} and events.bot = 0";

export interface Period {
  /** RFC 3339, UTC. */
  readonly from: string;
  readonly to: string;
}
