// The plug that every protocol has: what it answers, what it tells others, whom it can find.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hono } from 'hono'
import type { Context } from '../domain/context.ts'
import type { Tx } from '../domain/ports.ts'
import type { Client } from '../platform/http-server.ts'
import type { Fact, FactOf, FactType } from '../model/facts.ts'

export type Server = Hono

/** What discovery (WebFinger) says of one of our accounts. */
export interface DiscoveryLink {
  rel: string
  type?: string
  href?: string
  template?: string
}

export interface Protocol {
  name: string
  /** Adds the paths that it answers. */
  routes?(server: Server): void
  /** Tells others of what happened here; rows only (deliveries, jobs), in the fact's own transaction. */
  on?: { [F in FactType]?: (ctx: Context, tx: Tx, fact: FactOf<F>) => Promise<void> }
  /** Finds an account or post of another server by its address; ids are ours. */
  resolve?: {
    accountByUri?(uri: string, options?: { fresh?: boolean }): Promise<number | undefined>
    accountByHandle?(handle: string): Promise<number | undefined>
    postByUri?(uri: string, options?: { fresh?: boolean }): Promise<number | undefined>
    refreshSoon?(accountId: number): Promise<void>
    completeThreadSoon?(postId: number): Promise<void>
  }
  links?(account: { id: number; username: string }): DiscoveryLink[]
  /** Takes over a socket that asks for a WebSocket; at most one protocol has it. */
  upgrade?(incoming: IncomingMessage, socket: Duplex, head: Buffer, client: Client): void
  /** Starts background work, returns how to stop it. */
  start?(): () => Promise<void>
  /** Does the background work that is due now (tests); true when there was some. */
  settle?(): Promise<boolean>
}

/** Tells a fact to one protocol, when it listens for facts of that type. */
export async function tellProtocol(protocol: Protocol, ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  const listener = protocol.on?.[fact.type] as
    | ((ctx: Context, tx: Tx, fact: Fact) => Promise<void>)
    | undefined
  if (listener) await listener(ctx, tx, fact)
}
