// Reads what people type into the search box: words, "phrases", -exclusions and operators such as from:alice.

export interface SearchQuery {
  /** Words and phrases that must occur; phrases keep their spaces. */
  words: string[]
  phrases: string[]
  /** Words and phrases that must not occur. */
  notWords: string[]
  notPhrases: string[]
  /** `from:` handles without @ (`me` is the asker). */
  from: string[]
  notFrom: string[]
  /** `has:media`, `has:poll`, `has:embed` ... lower case. */
  has: string[]
  notHas: string[]
  /** `is:reply`, `is:sensitive` ... lower case. */
  is: string[]
  notIs: string[]
  /** `language:` codes as typed, lower case. */
  language: string[]
  notLanguage: string[]
  /** Half-open range of milliseconds since 1970 (UTC days): posts from `since` on and before `until`. */
  since?: number
  until?: number
  /** `in:all`, `in:public` or `in:library`; the last one wins. */
  in?: 'all' | 'public' | 'library'
}

type ListKey = Exclude<keyof SearchQuery, 'since' | 'until' | 'in'>

const MAX_QUERY = 2000
const MAX_TERMS = 50
const TERM =
  /([+-])?(?:"([^"]*)"?|(from|has|is|language|before|after|during|in):(?:"([^"]*)"|(\S+))|(\S+))/giy
const DAY = 86_400_000
const LISTS: Record<string, [ListKey, ListKey]> = {
  from: ['from', 'notFrom'],
  has: ['has', 'notHas'],
  is: ['is', 'notIs'],
  language: ['language', 'notLanguage'],
}

/** Takes a query apart. Never fails: what is no valid operator is searched for as words. Reads 2000 characters, 50 terms. */
export function parseSearchQuery(input: string): SearchQuery {
  const query: SearchQuery = {
    words: [],
    phrases: [],
    notWords: [],
    notPhrases: [],
    from: [],
    notFrom: [],
    has: [],
    notHas: [],
    is: [],
    notIs: [],
    language: [],
    notLanguage: [],
  }
  const text = input
    .slice(0, MAX_QUERY)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[“”„]/g, '"')
  let at = 0
  for (let terms = 0; terms < MAX_TERMS; terms++) {
    while (text[at] === ' ') at++
    TERM.lastIndex = at
    const match = TERM.exec(text)
    if (match === null) break
    at += match[0].length
    addTerm(query, match)
  }
  return query
}

function addTerm(query: SearchQuery, match: RegExpExecArray): void {
  const [whole, sign, phrase, operator, quoted, plain, word] = match
  const not = sign === '-'
  if (phrase !== undefined) {
    if (phrase.trim() !== '') query[not ? 'notPhrases' : 'phrases'].push(phrase.trim())
    return
  }
  if (operator !== undefined && addOperator(query, operator.toLowerCase(), quoted ?? plain ?? '', not)) return
  const text = word ?? whole.replace(/^[+-]/, '')
  if (!/^[+-]*$/.test(text)) query[not ? 'notWords' : 'words'].push(text)
}

function addOperator(query: SearchQuery, operator: string, value: string, not: boolean): boolean {
  const list = LISTS[operator]
  if (list !== undefined) {
    const clean = operator === 'from' ? value.replace(/^@/, '') : value.toLowerCase()
    if (clean !== '') query[list[not ? 1 : 0]].push(clean)
    return clean !== ''
  }
  if (operator === 'in') {
    const scope = value.toLowerCase()
    if (scope !== 'all' && scope !== 'public' && scope !== 'library') return false
    query.in = scope
    return true
  }
  return addDate(query, operator, value)
}

function addDate(query: SearchQuery, operator: string, value: string): boolean {
  const range = readDate(value)
  if (range === undefined) return false
  const [first, end] = range
  if (operator === 'before') query.until = Math.min(query.until ?? Infinity, first)
  if (operator === 'after') query.since = Math.max(query.since ?? -Infinity, end)
  if (operator === 'during') {
    query.since = Math.max(query.since ?? -Infinity, first)
    query.until = Math.min(query.until ?? Infinity, end)
  }
  return true
}

/** The half-open range a year, month or day stands for. */
function readDate(value: string): [number, number] | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value)
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)]
  const start = Date.UTC(year, month - 1, day)
  const date = new Date(start)
  if (year < 1970 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  if (match[3] !== undefined) return [start, start + DAY]
  return [start, match[2] === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)]
}
