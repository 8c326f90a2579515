// The account of the server itself, which signs its own requests and receives reports.
import type { Context } from '../context.ts'
import { findByUri, insertAccount, insertKeys } from '../../store/accounts.ts'
import { newKeys } from './new-keys.ts'

/** Its name: the domain, without a port, which no program takes as part of a name. */
export function instanceName(domain: string): string {
  return domain.replace(/:\d+$/, '')
}

/** The id of the server's own account; made at the first start. */
export async function instanceAccountId(ctx: Context): Promise<number> {
  const uri = ctx.urls.instanceActor
  const existing = await findByUri(ctx.store.read, uri)
  if (existing) return existing.id
  const keys = await newKeys()
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  return ctx.store.write(async (tx) => {
    const other = await findByUri(tx, uri)
    if (other) return other.id
    await insertAccount(tx, {
      id,
      username: instanceName(ctx.config.domain),
      username_key: instanceName(ctx.config.domain).toLowerCase(),
      kind: 'application',
      bot: 1,
      locked: 1,
      discoverable: 0,
      uri,
      url: ctx.urls.origin,
      inbox: `${uri}/inbox`,
      outbox: `${uri}/outbox`,
      shared_inbox: ctx.urls.sharedInbox,
      created_at: now,
      updated_at: now,
    })
    await insertKeys(
      tx,
      keys.map((key) => ({
        key_id: `${uri}#${key.kind === 'rsa' ? 'main-key' : 'ed25519-key'}`,
        account_id: id,
        kind: key.kind,
        public_key: key.publicKey,
        private_key: key.privateKey,
        created_at: now,
      })),
    )
    return id
  })
}
