// Makes everything findable again: the search indexes are made from posts and accounts and are in no backup.
import { listAccountsAfter, listPostsAfter } from '../../../store/walk-ids.ts'
import type { Context } from '../../context.ts'
import { noteWords } from '../../posts/note-words.ts'
import type { Progress } from './files.ts'

const CHUNK = 200

/** Goes through every account and post, a chunk per transaction; it does no harm to run it twice. */
export async function rebuildSearch(ctx: Context, progress: Progress): Promise<void> {
  const { store } = ctx
  let accounts: number[] = []
  do {
    accounts = await listAccountsAfter(store.read, accounts.at(-1) ?? 0, CHUNK)
    await store.write(async (tx) => {
      for (const accountId of accounts) await noteWords(ctx, tx, { type: 'account-updated', accountId })
    })
  } while (accounts.length === CHUNK)
  let posts: { id: number; accountId: number }[] = []
  do {
    posts = await listPostsAfter(store.read, posts.at(-1)?.id ?? 0, CHUNK)
    await store.write(async (tx) => {
      for (const { id, accountId } of posts)
        await noteWords(ctx, tx, { type: 'post-edited', postId: id, accountId })
    })
  } while (posts.length === CHUNK)
  progress('search is rebuilt')
}
