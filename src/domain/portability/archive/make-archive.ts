// Makes an archive that was asked for, telling how far it is; what stands in it, a protocol says.
import { findAccount } from '../../../store/accounts.ts'
import { countForArchive, findArchive, updateArchive } from '../../../store/archives.ts'
import type { Context } from '../../context.ts'
import { packArchive } from './pack-archive.ts'
import type { ArchiveEntry, ArchiveFiles } from './pack-archive.ts'

export { chunkOfFollowers, chunkOfLikes, chunkOfMedia, chunkOfPosts } from '../../../store/archives.ts'
export { chunkOfBookmarks } from '../../../store/exports.ts'
export type { Chunk } from '../../../store/exports.ts'

export interface ArchiveJob {
  id: number
  /** Whether nobody will try again. */
  isLast: boolean
}

type Collect = (accountId: number, tell: (count: number) => Promise<void>) => AsyncIterable<ArchiveEntry>

/** May run again from the beginning: the file is replaced. */
export async function makeArchive(
  ctx: Context,
  files: ArchiveFiles,
  job: ArchiveJob,
  collect: Collect,
): Promise<void> {
  const row = await findArchive(ctx.store.read, job.id)
  const account = row && (await findAccount(ctx.store.read, row.account_id))
  if (!row || row.state !== 'making' || !account || account.deleted_at !== null) return
  const change = (what: Parameters<typeof updateArchive>[2]): Promise<void> =>
    ctx.store.write((tx) => updateArchive(tx, row.id, what))
  try {
    await change({ total: await countForArchive(ctx.store.read, account.id), done: 0 })
    let done = 0
    const entries = collect(account.id, (count) => change({ done: (done += count) }))
    const bytes = await packArchive(files, row.file_key, entries)
    await change({ state: 'ready', bytes, finished_at: ctx.clock.now() })
  } catch (error) {
    if (job.isLast) await change({ state: 'failed', finished_at: ctx.clock.now() })
    throw error
  }
}
