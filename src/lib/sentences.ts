// Sentences in several languages: the English sentence is the key of its translation, with ICU places and plural forms.
import MessageFormat from 'intl-messageformat'

export type Values = Record<string, unknown>

const formats = new Map<string, MessageFormat>()

/** The sentence in the language, its places filled in; parts that are not text stay as they are. */
export function partsOf(language: string, sentence: string, values: Values): unknown[] {
  const key = `${language} ${sentence}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new MessageFormat(sentence, language)))
  const filled: unknown = format.format(values)
  return Array.isArray(filled) ? filled : [filled]
}

/** The first language of an Accept-Language header that is in `spoken`, the first spoken one where none is. */
export function bestLanguage<L extends string>(wanted: string | undefined, spoken: readonly [L, ...L[]]): L {
  const ranges = (wanted ?? '')
    .slice(0, 500)
    .split(',', 20)
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const weight = /^\s*q=([01](?:\.\d+)?)\s*$/.exec(rest.join(';'))?.[1]
      return { code: tag.split(/[-_]/, 1)[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
  const known = ranges.filter(
    ({ code, weight }) => weight > 0 && (spoken as readonly string[]).includes(code),
  )
  return (known.toSorted((a, b) => b.weight - a.weight)[0]?.code as L | undefined) ?? spoken[0]
}
