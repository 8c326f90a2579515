// Compares posts with a reader's filters; what was compared once is remembered as long as neither changes.
import { htmlToText } from '../../lib/html/plain-text.ts'
import type { Filter, FilterKeyword, FilterMatch } from '../../model/filter.ts'
import type { PostView, SharedPost } from '../../model/post-view.ts'

/** Says which filters catch a post, as of `now`. */
export type FilterMatcher = (view: PostView, now: number) => FilterMatch[]

const NOTHING: FilterMatch[] = []
/** Longer texts are compared up to here. */
const MOST_TEXT = 50_000

const texts = new WeakMap<SharedPost, string>()

/** All that a post says, in lower case. */
function textOf(shared: SharedPost): string {
  const known = texts.get(shared)
  if (known !== undefined) return known
  const { post, poll, media } = shared
  const parts = [
    post.title,
    post.spoiler_text,
    htmlToText(post.content, MOST_TEXT),
    ...(poll?.options.map((option) => option.title) ?? []),
    ...media.map((one) => one.description ?? ''),
  ]
  const text = fold(
    parts
      .filter((part) => part !== '')
      .join('\n')
      .slice(0, MOST_TEXT),
  )
  texts.set(shared, text)
  return text
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

const WORD = /[\p{L}\p{M}\p{N}\p{Pc}]/u

function isWordAt(text: string, at: number): boolean {
  const code = text.codePointAt(at)
  return code !== undefined && WORD.test(String.fromCodePoint(code))
}

function isWordBefore(text: string, at: number): boolean {
  const isPair = at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff
  return at > 0 && isWordAt(text, isPair ? at - 2 : at - 1)
}

/** Whether what stands here begins or ends within a longer word. */
function isInside(text: string, from: number, to: number): boolean {
  return (isWordBefore(text, from) && isWordAt(text, from)) || (isWordBefore(text, to) && isWordAt(text, to))
}

/** Whether the text (folded) has the word; a whole word does not begin or end within another. */
function contains(text: string, { word, wholeWord }: Word): boolean {
  let at = text.indexOf(word)
  if (!wholeWord) return at >= 0
  while (at >= 0) {
    if (!isInside(text, at, at + word.length)) return true
    at = text.indexOf(word, at + 1)
  }
  return false
}

interface Word {
  word: string
  wholeWord: boolean
  shown: string
}

function wordOf({ keyword, wholeWord }: FilterKeyword): Word {
  return { word: fold(keyword.trim()), wholeWord, shown: keyword }
}

/** Undefined when there is nothing to compare with. */
export function createMatcher(filters: readonly Filter[]): FilterMatcher | undefined {
  const ready = filters
    .filter((filter) => filter.keywords.length + filter.posts.length > 0)
    .map((filter) => ({
      filter,
      words: filter.keywords.map(wordOf),
      posts: new Set(filter.posts.map((post) => post.postId)),
    }))
  if (ready.length === 0) return undefined
  const caught = new WeakMap<SharedPost, string[][]>()
  const wordsIn = (shared: SharedPost): string[][] => {
    const known = caught.get(shared)
    if (known) return known
    const text = textOf(shared)
    const found = ready.map(({ words }) =>
      words.filter((word) => contains(text, word)).map(({ shown }) => shown),
    )
    caught.set(shared, found)
    return found
  }
  return (view, now) => {
    const shown = view.boostOf ?? view
    const words = wordsIn(shown.shared)
    const ids = view.boostOf ? [view.post.id, shown.post.id] : [view.post.id]
    const matches = ready.flatMap(({ filter, posts }, index): FilterMatch[] => {
      if (filter.expiresAt !== null && filter.expiresAt <= now) return []
      const keywords = words[index] ?? []
      const postIds = posts.size === 0 ? [] : ids.filter((id) => posts.has(id))
      return keywords.length + postIds.length === 0 ? [] : [{ filter, keywords, postIds }]
    })
    return matches.length === 0 ? NOTHING : matches
  }
}
