// Circles: private lists of people that one shares with.

export interface Circle {
  id: number
  account_id: number
  name: string
  position: number
  created_at: number
}

/** With how many people are in it. */
export interface SizedCircle extends Circle {
  members: number
}

export const CIRCLE_LIMITS = {
  circles: 50,
  members: 1000,
  nameChars: 100,
} as const
