// How many filters somebody may have, and how much each may hold: every post they read is compared with them.

export const FILTER_LIMITS = {
  filters: 100,
  title: 256,
  /** Of one filter and of all together. */
  keywords: 200,
  allKeywords: 1000,
  keyword: 512,
  posts: 500,
  /** A filter that ends ends within a century. */
  seconds: 3_155_760_000,
} as const
