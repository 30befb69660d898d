export type Score = 1 | 2 | 3 | 4 | 5;

/** Which scores are meant on each axis; an axis that is not named may have any. */
export interface AxisScores {
  readonly recency?: readonly Score[] | undefined;
  readonly frequency?: readonly Score[] | undefined;
  readonly monetary?: readonly Score[] | undefined;
}

/**
 * The usual names for places in the grid of recency and frequency. Together they cover each of its 25 cells once, so
 * that everybody with a score is in exactly one of them.
 */
export const RFM_GROUPS = {
  champions: { recency: [5], frequency: [4, 5] },
  loyal: { recency: [3, 4], frequency: [4, 5] },
  potential_loyalists: { recency: [4, 5], frequency: [2, 3] },
  new_customers: { recency: [5], frequency: [1] },
  promising: { recency: [4], frequency: [1] },
  need_attention: { recency: [3], frequency: [3] },
  about_to_sleep: { recency: [3], frequency: [1, 2] },
  at_risk: { recency: [1, 2], frequency: [3, 4] },
  cannot_lose: { recency: [1, 2], frequency: [5] },
  hibernating: { recency: [1, 2], frequency: [1, 2] },
} as const satisfies Record<string, AxisScores>;

export type RfmGroup = keyof typeof RFM_GROUPS;
export const RFM_GROUP_NAMES = Object.keys(RFM_GROUPS) as [RfmGroup, ...RfmGroup[]];

export interface RfmCondition {
  readonly rfm: RfmGroup | AxisScores;
}
