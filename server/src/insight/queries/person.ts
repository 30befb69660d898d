/** The id under which History keeps events of nobody we know. */
export const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')";

const ONE_STEP = "select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id";

function doubled(steps: string): string {
  return `
    select a.from_id as from_id, if(b.from_id = ${NOBODY}, a.into_id, b.into_id) as into_id
    from (${steps}) as a left any join (${steps}) as b on a.into_id = b.from_id`;
}

/** Joins events (as `events`) to whom they belong to now, over chains of up to eight merges; gives `PERSON`. */
export const JOIN_PERSON = `left any join (${doubled(doubled(doubled(ONE_STEP)))}) as overrides on events.profile_id = overrides.from_id`;
export const PERSON = `if(overrides.from_id = ${NOBODY}, events.profile_id, overrides.into_id)`;

/** Rows of the period `{from}` to `{to}`; what bots did is in no figure. */
export const IN_PERIOD =
  "events.timestamp >= {from:DateTime64(3)} and events.timestamp <= {to:DateTime64(3)} and events.bot = 0";

export interface Period {
  /** RFC 3339, UTC. */
  readonly from: string;
  readonly to: string;
}
