// Writes what somebody follows, mutes, blocks, lists and bookmarks, in the tables that Mastodon and others read.
import { writeCsvLine } from '../../../lib/text/csv.ts'
import {
  chunkOfBlocks,
  chunkOfBookmarks,
  chunkOfFollows,
  chunkOfListMembers,
  chunkOfMutes,
} from '../../../store/exports.ts'
import type { Chunk } from '../../../store/exports.ts'
import type { Context } from '../../context.ts'
import { listBlockedDomains } from '../../follows/block-domain.ts'

export const EXPORT_KINDS = ['follows', 'mutes', 'blocks', 'domain_blocks', 'lists', 'bookmarks'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

const CHUNK = 500
const MOST = 100_000

interface Named {
  username: string
  domain: string
}

type Writer = (ctx: Context, chunk: Chunk) => Promise<{ id: number; line: string[] }[]>

function addressOf(ctx: Context, { username, domain }: Named): string {
  return `${username}@${domain === '' ? ctx.config.domain : domain}`
}

const WRITERS: Record<Exclude<ExportKind, 'domain_blocks'>, { heading?: string[]; rows: Writer }> = {
  follows: {
    heading: ['Account address', 'Show boosts', 'Notify on new posts', 'Languages'],
    rows: async (ctx, chunk) =>
      (await chunkOfFollows(ctx.store.read, chunk)).map((row) => ({
        id: row.id,
        line: [
          addressOf(ctx, row),
          String(row.show_boosts === 1),
          String(row.notify === 1),
          row.languages === null ? '' : (JSON.parse(row.languages) as string[]).join(', '),
        ],
      })),
  },
  mutes: {
    heading: ['Account address', 'Hide notifications'],
    rows: async (ctx, chunk) =>
      (await chunkOfMutes(ctx.store.read, chunk)).map((row) => ({
        id: row.id,
        line: [addressOf(ctx, row), String(row.hide_notifications === 1)],
      })),
  },
  blocks: {
    rows: async (ctx, chunk) =>
      (await chunkOfBlocks(ctx.store.read, chunk)).map((row) => ({
        id: row.id,
        line: [addressOf(ctx, row)],
      })),
  },
  lists: {
    rows: async (ctx, chunk) =>
      (await chunkOfListMembers(ctx.store.read, chunk)).map((row) => ({
        id: row.id,
        line: [row.title, addressOf(ctx, row)],
      })),
  },
  bookmarks: {
    rows: async (ctx, chunk) =>
      (await chunkOfBookmarks(ctx.store.read, chunk)).map((row) => ({ id: row.id, line: [row.uri] })),
  },
}

export async function exportList(ctx: Context, accountId: number, kind: ExportKind): Promise<string> {
  if (kind === 'domain_blocks') return exportDomains(ctx, accountId)
  const { heading, rows } = WRITERS[kind]
  const lines = heading ? [writeCsvLine(heading)] : []
  let afterId = 0
  while (lines.length < MOST) {
    const chunk = await rows(ctx, { accountId, afterId, limit: CHUNK })
    lines.push(...chunk.map(({ line }) => writeCsvLine(line)))
    if (chunk.length < CHUNK) break
    afterId = chunk.at(-1)?.id ?? afterId
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** Every line that is there now, without the heading; at most as many as are exported. */
export async function* eachLine(ctx: Context, accountId: number, kind: ExportKind): AsyncGenerator<string[]> {
  if (kind === 'domain_blocks') {
    for (const domain of (await exportDomains(ctx, accountId)).split('\n')) if (domain !== '') yield [domain]
    return
  }
  let afterId = 0
  for (let count = 0; count < MOST; count += CHUNK) {
    const chunk = await WRITERS[kind].rows(ctx, { accountId, afterId, limit: CHUNK })
    for (const { line } of chunk) yield line
    if (chunk.length < CHUNK) return
    afterId = chunk.at(-1)?.id ?? afterId
  }
}

async function exportDomains(ctx: Context, accountId: number): Promise<string> {
  const lines: string[] = []
  let maxId: number | undefined
  for (;;) {
    const window = { limit: CHUNK, ...(maxId === undefined ? {} : { maxId }) }
    const page = await listBlockedDomains(ctx, accountId, window)
    lines.push(...page.map((one) => `${one.domain}\n`))
    if (page.length < CHUNK || lines.length > MOST) return lines.join('')
    maxId = page.at(-1)?.id
  }
}
