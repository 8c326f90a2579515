// Finds and changes the addresses of pictures in HTML that was sanitised here, where each is written in one way only.

const PICTURE = /(<img src=")([^"]*)"/g

/** The addresses as they stand in the HTML, which is escaped. */
export function inlinePictures(html: string): string[] {
  return html.includes('<img ') ? Array.from(html.matchAll(PICTURE), (match) => match[2] as string) : []
}

/** The same HTML with other addresses; both are escaped. */
export function replacePictures(html: string, replace: (address: string) => string): string {
  if (!html.includes('<img ')) return html
  return html.replace(PICTURE, (_all, start: string, address: string) => `${start}${replace(address)}"`)
}

/** The address as it is fetched. */
export function pictureUrl(address: string): string {
  return address
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
