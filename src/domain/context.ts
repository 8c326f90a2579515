// Everything that a verb of the domain may use, handed to it as its first parameter.
import type { IdSource } from '../lib/id.ts'
import type { Urls } from '../model/urls.ts'
import type { Clock, Jobs, Live, Log, Mail, Remote, Settings, Store } from './ports.ts'

export interface Context {
  readonly config: Settings
  readonly urls: Urls
  readonly clock: Clock
  readonly ids: IdSource
  readonly log: Log
  readonly store: Store
  readonly jobs: Jobs
  readonly live: Live
  readonly mail: Mail
  readonly remote: Remote
}
