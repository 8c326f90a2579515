// Turns what an author typed into HTML with everybody and everything it names.
import { htmlToText } from '../../lib/html/plain-text.ts'
import { extractEmojis } from '../../lib/text/extract.ts'
import { formatHtml } from '../../lib/text/format-html.ts'
import { formatMarkdown } from '../../lib/text/format-markdown.ts'
import { formatPlain } from '../../lib/text/format.ts'
import type { Formatted, Resolve } from '../../lib/text/format.ts'
import { detectLanguage, normalizeLanguage } from '../../lib/text/language.ts'
import { Refusal } from '../../model/refusal.ts'
import type { PostDraft } from '../../model/post.ts'
import { findLocalEmojis } from '../../store/custom-emojis.ts'
import type { TagName } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import { findMentioned } from './find-mentioned.ts'
import { POST_LIMITS } from './limits.ts'

export interface WrittenText {
  html: string
  mentionedIds: number[]
  tags: TagName[]
  emojiIds: number[]
  language: string | null
}

export type Writing = Pick<PostDraft, 'text' | 'sourceType' | 'title' | 'spoilerText' | 'language' | 'poll'>

const FORMATS = {
  'text/plain': formatPlain,
  'text/markdown': formatMarkdown,
  'text/html': formatHtml,
}

/** May ask other servers for people nobody here knows yet, for a short time; so never call it in a transaction. */
export async function writeText(ctx: Context, writing: Writing): Promise<WrittenText> {
  const format = FORMATS[writing.sourceType]
  const hashtag = (name: string): string => ctx.urls.tag(name)
  let formatted: Formatted = format(writing.text, { mention: () => undefined, hashtag })
  const mentioned = await findMentioned(
    ctx,
    formatted.mentions.map((mention) => mention.handle),
  )
  if (mentioned.size > 0) {
    const resolve: Resolve = { mention: (handle) => mentioned.get(handle.toLowerCase()), hashtag }
    formatted = format(writing.text, resolve)
  }
  if (mentioned.size > POST_LIMITS.mentions) {
    throw new Refusal('invalid', `A post can mention at most ${POST_LIMITS.mentions} people`)
  }
  return {
    html: formatted.html,
    mentionedIds: [...new Set([...mentioned.values()].map((account) => account.id))],
    tags: formatted.hashtags
      .slice(0, POST_LIMITS.tags)
      .map(({ name, label }) => ({ name, displayName: label })),
    emojiIds: await findEmojis(ctx, writing, formatted),
    language: await tellLanguage(writing, formatted.html),
  }
}

async function findEmojis(ctx: Context, writing: Writing, formatted: Formatted): Promise<number[]> {
  const lines = [writing.title ?? '', writing.spoilerText ?? '', ...(writing.poll?.options ?? [])]
  const shortcodes = new Set([...formatted.emojis, ...lines.flatMap((line) => extractEmojis(line))])
  const found = await findLocalEmojis(ctx.store.read, [...shortcodes].slice(0, 200))
  return found.map((emoji) => emoji.id)
}

async function tellLanguage(writing: Writing, html: string): Promise<string | null> {
  const given = normalizeLanguage(writing.language)
  if (given !== undefined) return given
  const text = [writing.title ?? '', htmlToText(html, 5000)].join('\n')
  return (await detectLanguage(text)) ?? null
}
