// What both transports of streaming work with.
import type { Api } from '../api.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Hub } from './hub.ts'
import type { Register } from './outlet.ts'

export interface Desk {
  readonly api: Api
  readonly hub: Hub
  readonly register: Register
  readonly sseBeats: Heartbeat
  readonly socketBeats: Heartbeat
  /** The server goes down: nobody new is let in. */
  stopping(): boolean
}
