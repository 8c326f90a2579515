// The kinds of feeds there are, and what they are called on the wire.

export const TYPES = { atom: 'application/atom+xml', rss: 'application/rss+xml' } as const

export type Format = keyof typeof TYPES
