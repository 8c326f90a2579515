// A user's own profile as its editor needs it.
import { notFound } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import type { UserSettings } from '../../model/user.ts'
import { listFeaturedTags } from '../../store/featured-tags.ts'
import type { FeaturedTag } from '../../store/featured-tags.ts'
import type { Context } from '../context.ts'
import { readSettings } from './settings.ts'

export interface ProfileView {
  account: Account
  settings: UserSettings
  featuredTags: FeaturedTag[]
}

export async function viewProfile(ctx: Context, accountId: number): Promise<ProfileView> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account) throw notFound()
  return {
    account,
    settings: await readSettings(ctx, accountId),
    featuredTags: await listFeaturedTags(ctx.store.read, accountId),
  }
}
