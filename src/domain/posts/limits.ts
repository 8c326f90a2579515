// How much a post may hold: what people here may write, and what is kept of posts from elsewhere.

export const POST_LIMITS = {
  media: 4,
  mediaDescriptionChars: 10_000,
  pollOptions: 4,
  pollOptionChars: 50,
  pollMinSeconds: 300,
  pollMaxSeconds: 2_629_746,
  titleChars: 300,
  mentions: 100,
  tags: 100,
  circles: 50,
  /** People named or in the circles chosen. */
  recipients: 5000,
  pins: 5,
  placeChars: 500,
} as const

/** What is kept of a post of another server; the rest is dropped, never the post. */
export const REMOTE_LIMITS = {
  recipients: 1000,
  tags: 64,
  emojis: 64,
  media: 16,
  pollOptions: 20,
  pollOptionChars: 500,
  titleChars: 500,
  spoilerChars: 5000,
  descriptionChars: 10_000,
} as const

/**
 * How long an idempotency key stands for the post it made, in milliseconds: a device that goes offline before the answer
 * comes sends again when it is back, days later.
 */
export const IDEMPOTENCY_MS = 7 * 86_400_000
