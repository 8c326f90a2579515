// What the server can say of its own health to its operator.
import { findByUri, listLocalAccounts } from '../store/accounts.ts'
import { engineVersion, quickCheck } from '../store/database-health.ts'
import { listPublicKeys } from '../store/keys.ts'
import type { DatabaseSettings, Store } from '../store/open.ts'
import type { Context } from './context.ts'

/** What other servers must find at the public address: the key of the server's own actor, and a name to look up. */
export interface Identity {
  actorUri: string
  /** PEM; undefined before the first start. */
  publicKey: string | undefined
  /** The name of the first person, undefined while there is none. */
  someone: string | undefined
}

export async function ownIdentity(ctx: Context): Promise<Identity> {
  const actorUri = ctx.urls.instanceActor
  const account = await findByUri(ctx.store.read, actorUri)
  const keys = account ? await listPublicKeys(ctx.store.read, [account.id]) : []
  const people = await listLocalAccounts(ctx.store.read, 0, 20)
  return {
    actorUri,
    publicKey: keys.find((key) => key.kind === 'rsa')?.publicKey,
    someone: people.find((person) => person.deleted_at === null && person.suspended_at === null)?.username,
  }
}

export const engineOf = (store: Store): Promise<string> => engineVersion(store)

/** `ok`, what is broken, or undefined when it takes too long. */
export const soundness = (database: DatabaseSettings, longestMs: number): Promise<string | undefined> =>
  quickCheck(database, longestMs)
