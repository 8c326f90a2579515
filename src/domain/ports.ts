// What the domain asks of machines and protocols; main.ts plugs the real ones in.
import type { Store, Tx } from '../store/open.ts'

export interface Log {
  debug(details: object, message?: string): void
  info(details: object, message?: string): void
  warn(details: object, message?: string): void
  error(details: object, message?: string): void
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

/** The part of the configuration that rules of the domain depend on. */
export interface Settings {
  readonly origin: string
  readonly domain: string
  readonly title: string
  readonly registrations: 'open' | 'approval' | 'closed'
  readonly authorizedFetch: boolean
  readonly limits: { readonly postChars: number }
}

export interface Mail {
  send(message: { to: string; subject: string; text: string; html?: string }): Promise<void>
}

/** Messages to whoever listens right now (streaming); nothing is kept. */
export interface Live {
  publish(channel: string, message: unknown): void
  /** Whether anybody may listen to a channel that begins so; without it, somebody may. */
  hasSubscribers?(prefix: string): boolean
}

export interface NewJob {
  queue: string
  kind: string
  payload: unknown
  runAt?: number
  /** Two waiting jobs never share a key: adding a second one changes nothing. */
  key?: string
}

export interface Jobs {
  /** Written with the caller's rows; workers are woken after the commit. */
  add(tx: Tx, job: NewJob): Promise<void>
}

/** Seals secrets that must be read again with a key that lies outside of the database. */
export interface Seal {
  /** `boundTo` is what the secret belongs to: under another one the seal does not open. */
  seal(secret: string, boundTo: string): Promise<string>
  /** Undefined where this key does not open it. */
  open(sealed: string, boundTo: string): Promise<string | undefined>
}

/** Finding accounts and posts of other servers; each protocol offers what it can. */
export interface Remote {
  /** The id of the account with this URI, fetched and stored when unknown (or stale, or `fresh` is asked for). */
  accountByUri(uri: string, options?: { fresh?: boolean }): Promise<number | undefined>
  /** The id of the account with this handle (user@domain), found by WebFinger when unknown. */
  accountByHandle(handle: string): Promise<number | undefined>
  /** The id of the post with this URI or page URL, fetched and stored when unknown. */
  postByUri(uri: string, options?: { fresh?: boolean }): Promise<number | undefined>
  /** Somebody looks at this account: its counts and latest posts are completed in the background when that is due. */
  refreshSoon?(accountId: number): Promise<void>
  /** Somebody looks at this thread: missing parents and replies are fetched in the background when that is due. */
  completeThreadSoon?(postId: number): Promise<void>
}

export type { Store, Tx }
