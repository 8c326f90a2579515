// The longer texts in which a server tells about itself: description, privacy policy, terms of service with their history.
import { formatMarkdown } from '../../lib/text/format-markdown.ts'
import { Refusal } from '../../model/refusal.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'

export type TextKind = 'description' | 'privacy'

/** `source` is Markdown, `html` is sanitised; times in milliseconds since 1970. */
export interface ServerText {
  source: string
  html: string
  updatedAt: number
}

const MAX_TEXT = 100_000
const MAX_VERSIONS = 100
const TERMS = 'text:terms'

function toHtml(ctx: Context, source: string): string {
  return formatMarkdown(source, { mention: () => undefined, hashtag: (name) => ctx.urls.tag(name) }).html
}

function checkText(source: string): void {
  if (source.length > MAX_TEXT)
    throw new Refusal('invalid', `This text is too long: use at most ${MAX_TEXT} characters`)
}

/** The text, or undefined while nobody has written it. */
export async function readText(ctx: Context, kind: TextKind): Promise<ServerText | undefined> {
  const kept = await readSetting(ctx.store.read, `text:${kind}`)
  return kept === undefined || kept === '' ? undefined : (JSON.parse(kept) as ServerText)
}

/** Sets a text, in Markdown; an empty one takes it away. */
export async function setText(ctx: Context, kind: TextKind, source: string): Promise<void> {
  await ctx.store.write((tx) => writeText(ctx, tx, { kind, source }))
}

/** The same within a transaction. */
export async function writeText(
  ctx: Context,
  tx: Tx,
  { kind, source, actor }: { kind: TextKind; source: string; actor?: Actor },
): Promise<void> {
  if (actor) requirePermission(actor, 'manage-settings')
  checkText(source)
  const text: ServerText = { source, html: toHtml(ctx, source), updatedAt: ctx.clock.now() }
  const value = source.trim() === '' ? '' : JSON.stringify(text)
  await writeSetting(tx, `text:${kind}`, value)
  await logAction(ctx, tx, actor, { action: 'update', kind: 'setting', detail: { names: kind } })
}

/** One version of the terms of service. `from` is the day since which it counts, YYYY-MM-DD. */
export interface Terms {
  from: string
  source: string
  html: string
  publishedAt: number
}

/** Every version of the terms, in the order in which they count. */
export async function readAllTerms(ctx: Context): Promise<Terms[]> {
  return JSON.parse((await readSetting(ctx.store.read, TERMS)) ?? '[]') as Terms[]
}

/** The version that counts today (or, before the first counts, the first), and the one that follows it. */
export async function readTerms(
  ctx: Context,
  day?: string,
): Promise<{ terms: Terms; next?: Terms } | undefined> {
  const all = await readAllTerms(ctx)
  const current = all.findLastIndex((terms) => terms.from <= today(ctx))
  const index = day === undefined ? Math.max(current, 0) : all.findIndex((terms) => terms.from === day)
  const terms = all[index]
  const next = all[index + 1]
  return terms && { terms, ...(next ? { next } : {}) }
}

/** Whether the version counts already. */
export function isInForce(ctx: Context, terms: Terms): boolean {
  return terms.from <= today(ctx)
}

/** Publishes terms that count from a day on; those of the same day are replaced. Refuses days of the past. */
export async function publishTerms(ctx: Context, source: string, from: string): Promise<void> {
  await ctx.store.write((tx) => writeTerms(ctx, tx, { source, from }))
}

/** The same within a transaction. */
export async function writeTerms(
  ctx: Context,
  tx: Tx,
  { source, from, actor }: { source: string; from: string; actor?: Actor },
): Promise<void> {
  if (actor) requirePermission(actor, 'manage-settings')
  checkText(source)
  if (source.trim() === '') throw new Refusal('invalid', 'The terms have no text')
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || Number.isNaN(Date.parse(from)))
    throw new Refusal('invalid', 'Write the day from which the terms count as YYYY-MM-DD')
  if (from < today(ctx)) throw new Refusal('invalid', 'Terms cannot count from a day of the past')
  const fresh: Terms = { from, source, html: toHtml(ctx, source), publishedAt: ctx.clock.now() }
  const all = JSON.parse((await readSetting(tx, TERMS)) ?? '[]') as Terms[]
  const others = all.filter((terms) => terms.from !== from)
  const kept = [...others, fresh].toSorted((a, b) => (a.from < b.from ? -1 : 1)).slice(-MAX_VERSIONS)
  await writeSetting(tx, TERMS, JSON.stringify(kept))
  await logAction(ctx, tx, actor, { action: 'update', kind: 'setting', detail: { names: 'terms', from } })
}

function today(ctx: Context): string {
  return new Date(ctx.clock.now()).toISOString().slice(0, 10)
}
