// Some servers send emoji as pictures; their text is worth more than an empty place.

/** The text that stands for a left-out picture: its `:shortcode:` or emoji, and nothing for ordinary pictures. */
export function imageText(attrs: ReadonlyMap<string, string>): string {
  const alt = attrs.get('alt') ?? attrs.get('title') ?? ''
  if (alt.length > 64) return ''
  return /^:[\w-]{2,60}:$/.test(alt) || /^\p{RGI_Emoji}$/v.test(alt) ? alt : ''
}
