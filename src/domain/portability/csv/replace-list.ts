// What is there and not in a list that somebody brings along: shown before it replaces everything, then taken away.
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { resolveHandle } from '../../accounts/find-accounts.ts'
import type { Context } from '../../context.ts'
import { unblockAccount } from '../../follows/block-account.ts'
import { unblockDomain } from '../../follows/block-domain.ts'
import { unmuteAccount } from '../../follows/mute-account.ts'
import { unfollowAccount } from '../../follows/unfollow-account.ts'
import { removeFromList } from '../../lists/change-list.ts'
import { listLists } from '../../lists/list-lists.ts'
import { unbookmarkPost } from '../../posts/keep-post.ts'
import { eachLine } from './export-lists.ts'
import type { ExportKind } from './export-lists.ts'

/** What makes two lines the same entry, however addresses are written. */
function keyOf(ctx: Context, kind: ExportKind, line: readonly string[]): string {
  const address = (text = ''): string => {
    const name = text.trim().replace(/^@/, '').toLowerCase()
    return name.includes('@') ? name : `${name}@${ctx.config.domain}`
  }
  if (kind === 'lists') return `${line[0] ?? ''} ${address(line[1])}`
  if (kind === 'bookmarks') return (line[0] ?? '').trim()
  if (kind === 'domain_blocks') return (line[0] ?? '').trim().toLowerCase()
  return address(line[0])
}

/** Lines that are there and not among `wanted`, at most `limit` of them. */
export async function linesLeftOut(
  ctx: Context,
  accountId: number,
  { kind, wanted, limit }: { kind: ExportKind; wanted: readonly string[][]; limit: number },
): Promise<string[][]> {
  const keys = new Set(wanted.map((line) => keyOf(ctx, kind, line)))
  const left: string[][] = []
  for await (const line of eachLine(ctx, accountId, kind)) {
    if (keys.has(keyOf(ctx, kind, line))) continue
    left.push(line)
    if (left.length >= limit) break
  }
  return left
}

type Remover = (ctx: Context, accountId: number, targetId: number) => Promise<unknown>

const REMOVERS: Partial<Record<ExportKind, Remover>> = {
  follows: unfollowAccount,
  mutes: unmuteAccount,
  blocks: unblockAccount,
}

async function take(ctx: Context, accountId: number, kind: ExportKind, line: string[]): Promise<boolean> {
  const [first = '', second = ''] = line
  if (kind === 'domain_blocks') {
    await unblockDomain(ctx, accountId, first)
    return true
  }
  if (kind === 'bookmarks') {
    const postId = await ctx.remote.postByUri(first)
    if (postId !== undefined) await unbookmarkPost(ctx, accountId, postId)
    return postId !== undefined
  }
  const targetId = await resolveHandle(ctx, kind === 'lists' ? second : first)
  if (targetId === undefined) return false
  if (kind === 'lists')
    for (const list of (await listLists(ctx, accountId)).filter(({ title }) => title === first))
      await removeFromList(ctx, list, [targetId])
  await REMOVERS[kind]?.(ctx, accountId, targetId)
  return true
}

/** Takes one entry away; false when that cannot be done. */
export async function removeLine(
  ctx: Context,
  accountId: number,
  kind: ExportKind,
  line: string[],
): Promise<boolean> {
  try {
    return await take(ctx, accountId, kind, line)
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    ctx.log.debug({ error, kind }, 'an entry could not be taken away by an import')
    return false
  }
}
