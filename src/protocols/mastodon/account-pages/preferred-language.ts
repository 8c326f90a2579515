// The language that a browser prefers, as a bare code.

/** The first language of an Accept-Language header that is one; English when there is none. */
export function preferredLanguage(header: string | undefined): string {
  const ranges = (header ?? '')
    .slice(0, 500)
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', quality = ''] = part.trim().split(';', 2)
      const weight = /^\s*q=(\d(?:\.\d+)?)$/.exec(quality)?.[1]
      return {
        code: tag.split('-', 1)[0]?.toLowerCase() ?? '',
        weight: weight === undefined ? 1 : Number(weight),
      }
    })
  const known = ranges.filter(({ code, weight }) => /^[a-z]{2,3}$/.test(code) && weight > 0)
  return known.toSorted((a, b) => b.weight - a.weight)[0]?.code ?? 'en'
}
