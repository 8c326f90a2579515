// Says where the ordinary links in sanitised HTML lead: for link previews and for recognising quoted posts.

const LINK = /<a href="([^"]*)"(?: class="([^"]*)")?[^>]*>/g

/** Addresses of the links in HTML from `sanitizeHtml`, each once, in order; mentions and hashtags are not counted. */
export function linkTargets(sanitized: string): string[] {
  const found = new Set<string>()
  for (const [tag, href = '', names = ''] of sanitized.matchAll(LINK)) {
    if (!/\b(?:mention|hashtag)\b/.test(names) && !/ rel="tag /.test(tag)) found.add(unescapeHtml(href))
  }
  return [...found]
}

/** Undoes what `escapeHtml` does. */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
