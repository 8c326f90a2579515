// Writes the emoji of the picker, with their names in each language, from Unicode's emoji-test.txt and CLDR's annotations.
// Run it with the folder that holds `emoji/` and `cldr/common/` (on Debian /usr/share/unicode of unicode-data and unicode-cldr-core).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [root = '/usr/share/unicode'] = process.argv.slice(2)
const target = new URL('../src/web/compose/', import.meta.url)
const LANGUAGES = ['en', 'de']
const TONES = ['🏻', '🏼', '🏽', '🏾', '🏿']
const GROUPS: Record<string, string> = {
  'Smileys & Emotion': 'smileys',
  'People & Body': 'people',
  'Animals & Nature': 'nature',
  'Food & Drink': 'food',
  'Travel & Places': 'places',
  Activities: 'doing',
  Objects: 'things',
  Symbols: 'signs',
  Flags: 'flags',
}
/** Shown by most devices of the last years. */
const NEWEST = 14
const MOST_KEYWORDS = 6

const plain = (text: string): string => text.replaceAll('\uFE0F', '')

interface Entry {
  emoji: string
  group: string
}

const lines = readFileSync(join(root, 'emoji/emoji-test.txt'), 'utf8').split('\n')
const entries: Entry[] = []
const toned = new Set<string>()
let group = ''
for (const line of lines) {
  const heading = /^# group: (.+)$/.exec(line)?.[1]
  if (heading !== undefined) group = GROUPS[heading] ?? ''
  const match = /^([0-9A-F ]+); fully-qualified +# \S+ E(\d+)\.\d+/.exec(line)
  if (!match || group === '' || Number(match[2]) > NEWEST) continue
  const emoji = String.fromCodePoint(
    ...(match[1] ?? '')
      .trim()
      .split(' ')
      .map((code) => parseInt(code, 16)),
  )
  if (TONES.some((tone) => emoji.includes(tone))) toned.add(emoji)
  else entries.push({ emoji, group })
}

/** The same rule by which the picker colours them. */
function colour(emoji: string, tone: string): string {
  return emoji.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tone}`)
}

function annotations(language: string): Map<string, { name: string; words: string[] }> {
  const found = new Map<string, { name: string; words: string[] }>()
  for (const folder of ['annotations', 'annotationsDerived']) {
    const xml = readFileSync(join(root, 'cldr/common', folder, `${language}.xml`), 'utf8')
    for (const [, cp = '', type, text = ''] of xml.matchAll(
      /<annotation cp="([^"]+)"( type="tts")?>([^<]*)</g,
    )) {
      const one = found.get(plain(cp)) ?? { name: '', words: [] }
      const clean = text.replaceAll('&amp;', '&').replaceAll('&apos;', "'").replaceAll(';', ',')
      if (type === undefined) one.words = clean.split('|').map((word) => word.trim())
      else one.name = clean
      found.set(plain(cp), one)
    }
  }
  return found
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const names = [...new Set(entries.map((entry) => entry.group))]
const rows = names.map((name) => {
  const list = entries.filter((entry) => entry.group === name)
  const marked = list.map(({ emoji }) =>
    TONES.every((tone) => toned.has(colour(emoji, tone))) ? `${emoji}*` : emoji,
  )
  return `  ${name}: ${quoted(marked.join(' '))},`
})
writeFileSync(
  new URL('emoji-list.ts', target),
  `// Every emoji by group, in Unicode's order; a star follows those that have skin tones (made by scripts/generate-emoji.ts).\n// From data of the Unicode Consortium, under the Unicode License V3 (https://www.unicode.org/license.txt).\nexport const EMOJI = {\n${rows.join('\n')}\n} as const\n`,
)
for (const language of LANGUAGES) {
  const known = annotations(language)
  const named = names.map((name) => {
    const list = entries.filter((entry) => entry.group === name)
    const texts = list.map(({ emoji }) => {
      const { name: title = emoji, words = [] } = known.get(plain(emoji)) ?? {}
      const more = words
        .filter((word) => !title.toLowerCase().includes(word.toLowerCase()))
        .slice(0, MOST_KEYWORDS)
      return more.length === 0 ? title : `${title}|${more.join('|')}`
    })
    return `  ${name}: ${quoted(texts.join(';'))},`
  })
  writeFileSync(
    new URL(`emoji-names-${language}.ts`, target),
    `// What each emoji is called in this language, and words to find it by, in the order of the list (made by scripts/generate-emoji.ts).\n// From data of the Unicode Consortium, under the Unicode License V3 (https://www.unicode.org/license.txt).\nexport const NAMES = {\n${named.join('\n')}\n} as const\n`,
  )
}
console.log(`${entries.length} emoji, ${toned.size} with skin tones`)
