// Keys of accounts as protocols need them: whose key it is, and the server's own key for its requests.
import { findPrivateKey } from '../../store/keys.ts'
import { findKeyWithOwner } from '../../store/remote-accounts.ts'
import type { KnownKey } from '../../store/remote-accounts.ts'
import { instanceAccountId } from '../accounts/instance-account.ts'
import type { Context } from '../context.ts'

export type { KnownKey } from '../../store/remote-accounts.ts'

export async function findKnownKey(ctx: Context, keyId: string): Promise<KnownKey | undefined> {
  return findKeyWithOwner(ctx.store.read, keyId)
}

/** The RSA key (PKCS #8 PEM) by which the server itself signs what it asks of others. */
export async function serverKey(ctx: Context): Promise<{ keyId: string; privateKey: string }> {
  const key = await findPrivateKey(ctx.store.read, await instanceAccountId(ctx), 'rsa')
  if (!key) throw new Error('the account of the server has no key')
  return key
}
