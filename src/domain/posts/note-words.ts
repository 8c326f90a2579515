// Keeps search and hashtag counts in step with posts and accounts.
import { htmlToText } from '../../lib/html/plain-text.ts'
import type { Fact, FactOf } from '../../model/facts.ts'
import { findAccount } from '../../store/accounts.ts'
import { indexAccountText, removePostText } from '../../store/post-rows.ts'
import { countTagUse, noteTagUser } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { indexPost } from './index-post.ts'
import { toldPost } from './told-post.ts'
import type { ToldPost } from './told-post.ts'

const DAY_MS = 86_400_000

export async function noteWords(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'post-published':
    case 'post-edited':
      return noteText(ctx, tx, fact)
    case 'post-deleted':
      return removePostText(tx, fact.post.id)
    case 'account-created':
    case 'account-updated':
      return indexAccount(ctx, tx, fact.accountId)
    default:
  }
}

async function noteText(
  ctx: Context,
  tx: Tx,
  fact: FactOf<'post-published'> | FactOf<'post-edited'>,
): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  if (!told) return
  await indexPost(tx, told.post, told.author)
  if (fact.type === 'post-published') await countTags(ctx, tx, told)
}

/** Only what everybody can see makes a hashtag popular, and only what the author may be found by. */
async function countTags(ctx: Context, tx: Tx, { post, author, tags }: ToldPost): Promise<void> {
  if (tags.length === 0 || post.audience !== 'public' || author.limited_at !== null) return
  const now = ctx.clock.now()
  const day = Math.floor(now / DAY_MS)
  const tagIds = tags.map((tag) => tag.id)
  const newFor = new Set(await noteTagUser(tx, tagIds, { accountId: author.id, day }))
  await countTagUse(tx, { tagIds, newFor, day, now })
}

async function indexAccount(ctx: Context, tx: Tx, accountId: number): Promise<void> {
  const account = await findAccount(tx, accountId)
  if (!account || account.kind === 'application') return
  const domain = account.domain === '' ? ctx.config.domain : account.domain
  const note = account.discoverable === 1 ? htmlToText(account.note, 5000) : ''
  await indexAccountText(tx, accountId, [account.username, account.name, domain, note].join('\n'))
}
