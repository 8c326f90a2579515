// Sanitised HTML from the server, with custom emoji put in the place of their shortcodes.
import type { CustomEmoji } from '../../contract/entities.ts'

const TAG = /(<(?:"[^"]*"|'[^']*'|[^'">])*>)/
const CODE = /:([a-zA-Z0-9_]{1,64}):/g

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function image(emoji: CustomEmoji): string {
  const name = escapeText(`:${emoji.shortcode}:`)
  return `<img class="emoji" src="${escapeText(emoji.static_url)}" alt="${name}" title="${name}" loading="lazy" width="20" height="20">`
}

function emojify(html: string, emojis: readonly CustomEmoji[]): string {
  const known = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]))
  return html
    .split(TAG)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(CODE, (whole, name: string) => {
            const emoji = known.get(name)
            return emoji ? image(emoji) : whole
          }),
    )
    .join('')
}

/** HTML as the API gives it (sanitised there); `emojis` are those of the same object. */
export function RichText(props: { html: string; emojis: readonly CustomEmoji[]; lang?: string | null }) {
  const html =
    props.emojis.length > 0 && props.html.includes(':') ? emojify(props.html, props.emojis) : props.html
  return (
    <div
      class="content"
      dir="auto"
      {...(props.lang ? { lang: props.lang } : {})}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

/** Plain text (a name, a choice of a poll) with custom emoji. */
export function EmojiText({ text, emojis }: { text: string; emojis: readonly CustomEmoji[] }) {
  if (emojis.length === 0 || !text.includes(':')) return <bdi>{text}</bdi>
  return <bdi dangerouslySetInnerHTML={{ __html: emojify(escapeText(text), emojis) }} />
}
