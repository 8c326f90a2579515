// All emoji with their names in the language of the page, found by words; loaded when somebody looks for one.
import type { CustomEmoji } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { currentLanguage } from '../i18n/words.ts'

export interface NamedEmoji {
  emoji: string
  name: string
  /** Further words to find it by, in lower case. */
  words: string
  /** It comes in skin tones. */
  toned: boolean
}

export interface EmojiGroup {
  group: 'smileys' | 'people' | 'nature' | 'food' | 'places' | 'doing' | 'things' | 'signs' | 'flags'
  emojis: NamedEmoji[]
}

async function load(): Promise<EmojiGroup[]> {
  const [{ EMOJI }, { NAMES }] = await Promise.all([
    import('./emoji-list.ts'),
    currentLanguage() === 'de' ? import('./emoji-names-de.ts') : import('./emoji-names-en.ts'),
  ])
  return (Object.keys(EMOJI) as EmojiGroup['group'][]).map((group) => {
    const names = NAMES[group].split(';')
    const emojis = EMOJI[group].split(' ').map((sign, index): NamedEmoji => {
      const [name = '', ...words] = (names[index] ?? '').split('|')
      const toned = sign.endsWith('*')
      const emoji = toned ? sign.slice(0, -1) : sign
      return { emoji, name, words: [name, ...words].join(' ').toLowerCase(), toned }
    })
    return { group, emojis }
  })
}

let loading: Promise<EmojiGroup[]> | undefined

export function emojiGroups(): Promise<EmojiGroup[]> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** How well it fits: 0 the name begins so, 1 a word does, 2 it is somewhere inside, undefined not at all. */
function fit(one: NamedEmoji, wanted: string): number | undefined {
  if (one.name.toLowerCase().startsWith(wanted)) return 0
  if (one.words.includes(` ${wanted}`)) return 1
  return one.words.includes(wanted) ? 2 : undefined
}

/** The best first. Underscores count as spaces, as in the names that other programs use. */
export function search(groups: readonly EmojiGroup[], text: string, limit: number): NamedEmoji[] {
  const wanted = text.trim().toLowerCase().replaceAll('_', ' ')
  const ranks: NamedEmoji[][] = [[], [], []]
  for (const { emojis } of groups)
    for (const one of emojis) {
      const rank = fit(one, wanted)
      if (rank !== undefined) ranks[rank]?.push(one)
    }
  return ranks.flat().slice(0, limit)
}

export async function findEmoji(text: string, limit: number): Promise<NamedEmoji[]> {
  return search(await emojiGroups(), text, limit)
}

let own: Promise<CustomEmoji[]> | undefined

/** The emoji of this server, asked for once. */
export function ownEmojis(): Promise<CustomEmoji[]> {
  own ??= get<CustomEmoji[]>('/api/v1/custom_emojis').catch(() => {
    own = undefined
    return []
  })
  return own
}

export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const

/** The emoji in a skin tone; '' leaves it yellow. */
export function colour({ emoji, toned }: NamedEmoji, tone: string): string {
  if (!toned || tone === '') return emoji
  return emoji.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tone}`)
}

const RECENT = 'folkmoot-emoji'
const TONE = 'folkmoot-tone'
const MOST_RECENT = 24

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Then it is not remembered.
  }
}

/** What was picked lately, the last first: emoji, or shortcodes between colons. */
export function recentEmoji(): string[] {
  return kept(RECENT)
    .split(' ')
    .filter((one) => one !== '')
}

export function noteEmoji(picked: string): void {
  const list = [picked, ...recentEmoji().filter((one) => one !== picked)].slice(0, MOST_RECENT)
  keep(RECENT, list.join(' '))
}

export const keptTone = (): string => kept(TONE)
export const keepTone = (tone: string): void => keep(TONE, tone)
