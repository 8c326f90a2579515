// Who may call an endpoint, how often, and with how much.

/** `app`: any token; `user`: a user's token; `optional`: works without, shows more with one. */
export interface EndpointRule {
  auth: 'none' | 'optional' | 'app' | 'user'
  scopes?: readonly string[]
  /** Users whose e-mail is not confirmed yet may call it as well. */
  allowUnconfirmed?: boolean
  /** The largest body, in bytes (1 MiB when left out). */
  maxBody?: number
  /** The handler reads the body itself, piece by piece (uploads); `params` then has the query only. */
  streamsBody?: boolean
  /** The day since which apps should call something else, as `2022-11-14`. */
  deprecatedSince?: string
  /** A family of rarely used, costly calls with a limit of its own. */
  family?: 'media' | 'delete' | 'statuses' | 'follows' | 'reports' | 'sign-up' | 'apps'
}
