// One line of a list that somebody brings along: whom to follow, mute or block, what to keep.
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { resolveHandle } from '../../accounts/find-accounts.ts'
import type { Context } from '../../context.ts'
import { blockAccount } from '../../follows/block-account.ts'
import { blockDomain } from '../../follows/block-domain.ts'
import { followAccount } from '../../follows/follow-account.ts'
import { muteAccount } from '../../follows/mute-account.ts'
import { addToList, createList } from '../../lists/change-list.ts'
import { listLists } from '../../lists/list-lists.ts'
import { bookmarkPost } from '../../posts/keep-post.ts'
import type { ExportKind } from './export-lists.ts'

type Doer = (ctx: Context, accountId: number, line: readonly string[]) => Promise<boolean>

/** Whether a word means no; anything else is yes, as an empty field is. */
function isNo(word: string | undefined): boolean {
  return /^(false|0|no)$/i.test(word ?? '')
}

function languagesIn(text: string | undefined): string[] | null {
  const codes = (text ?? '').split(/[\s,]+/).filter((code) => /^[a-z]{2,3}(-[a-z0-9]+)?$/i.test(code))
  return codes.length === 0 ? null : codes.slice(0, 50)
}

async function follow(ctx: Context, accountId: number, line: readonly string[]): Promise<boolean> {
  const [address = '', boosts, notify, languages] = line
  const targetId = await resolveHandle(ctx, address)
  if (targetId === undefined) return false
  await followAccount(ctx, accountId, targetId, {
    showBoosts: !isNo(boosts),
    notify: /^(true|1|yes)$/i.test(notify ?? ''),
    languages: languagesIn(languages),
  })
  return true
}

async function putInList(ctx: Context, accountId: number, line: readonly string[]): Promise<boolean> {
  const [title = '', address = ''] = line
  const targetId = await resolveHandle(ctx, address)
  if (targetId === undefined || title === '' || title.length > 256) return false
  const known = (await listLists(ctx, accountId)).find((list) => list.title === title)
  const list = known ?? (await createList(ctx, accountId, { title, replies_policy: 'list', exclusive: 0 }))
  try {
    await addToList(ctx, list, [targetId])
  } catch (error) {
    // Twice is once.
    if (!(error instanceof Refusal) || !error.safeText.includes('already')) throw error
    if (!error.safeText.includes('taken')) return false
  }
  return true
}

function withAccount(
  act: (ctx: Context, accountId: number, targetId: number, line: readonly string[]) => Promise<unknown>,
): Doer {
  return async (ctx, accountId, line) => {
    const targetId = await resolveHandle(ctx, line[0] ?? '')
    if (targetId === undefined) return false
    await act(ctx, accountId, targetId, line)
    return true
  }
}

const DOERS: Record<ExportKind, Doer> = {
  follows: follow,
  mutes: withAccount((ctx, accountId, targetId, line) =>
    muteAccount(ctx, accountId, targetId, { notifications: !isNo(line[1]) }),
  ),
  blocks: withAccount((ctx, accountId, targetId) => blockAccount(ctx, accountId, targetId)),
  lists: putInList,
  async domain_blocks(ctx, accountId, line) {
    await blockDomain(ctx, accountId, line[0] ?? '')
    return true
  },
  async bookmarks(ctx, accountId, line) {
    const postId = await ctx.remote.postByUri(line[0] ?? '')
    if (postId === undefined) return false
    await bookmarkPost(ctx, accountId, postId)
    return true
  },
}

/** False when the line leads nowhere or is not allowed; other servers that do not answer count as that too. */
export async function importLine(
  ctx: Context,
  accountId: number,
  kind: ExportKind,
  line: readonly string[],
): Promise<boolean> {
  try {
    return await DOERS[kind](ctx, accountId, line)
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    ctx.log.debug({ error, kind }, 'a line of an import was passed over')
    return false
  }
}
