/**
 * How people buy, fitted to the public data set "Online Retail" (Chen, Sain and Guo 2012, UCI Machine Learning
 * Repository, CC BY 4.0): 9,234 paid orders of 2,914 known customers, December 2010 to June 2011. Only these figures
 * were taken from it, no row.
 */
export const fitted = {
  /** Share of customers with n orders who ordered once more: n = 1, 2, 3 … (the last holds for all beyond). */
  buysAgain: [0.53, 0.61, 0.65, 0.71, 0.74, 0.75, 0.79],
  /** Days between two orders of one person: log-normal, median 25 d (gaps under half a day are one visit). */
  gapDays: { mu: 3.02, sigma: 1.16 },
  /**
   * Different products in a basket: log-normal with this spread. Its median there is 15, since many of those customers
   * are wholesalers; we keep the spread and divide by 10.
   */
  basketLines: { mu: 2.52 - Math.log(10), sigma: 1.23 },
  /** Returns of goods per paid order of a known customer, and the products in one: median 1, upper quartile 3. */
  returnShare: 0.203,
  /** Days from buying to giving back: log-normal, median 7.6 d. */
  returnDelayDays: { mu: 1.82, sigma: 1.74 },
  /** Paid orders without a customer number. */
  guestShare: 0.087,
} as const;
