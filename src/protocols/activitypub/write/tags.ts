// Writes mentions, hashtags, custom emoji and links to other objects as tags.
import { LD_JSON } from '../wire.ts'
import type { Document, OutgoingEmoji, OutgoingPost } from './types.ts'

/** The tags of a post; those silently addressed are not named. */
export function writeTags(post: OutgoingPost): Document[] {
  return [
    ...post.recipients.filter((recipient) => recipient.kind === 'mention').map(writeMention),
    ...post.tags.map((tag) => ({ type: 'Hashtag', href: tag.url, name: `#${tag.displayName}` })),
    ...post.emojis.map(writeEmoji),
    ...(post.quote ? [writeQuoteLink(post.quote)] : []),
  ]
}

function writeMention(recipient: { uri: string; handle: string }): Document {
  return { type: 'Mention', href: recipient.uri, name: `@${recipient.handle}` }
}

/** FEP-e232, with Misskey's relation. */
function writeQuoteLink(quote: { uri: string; url?: string }): Document {
  return {
    type: 'Link',
    mediaType: LD_JSON,
    rel: 'https://misskey-hub.net/ns#_misskey_quote',
    href: quote.uri,
    name: `RE: ${quote.url ?? quote.uri}`,
  }
}

export function writeEmoji(emoji: OutgoingEmoji): Document {
  return {
    id: emoji.uri,
    type: 'Emoji',
    name: `:${emoji.shortcode}:`,
    updated: new Date(emoji.updatedAt).toISOString(),
    icon: {
      type: 'Image',
      ...(emoji.mediaType === undefined ? {} : { mediaType: emoji.mediaType }),
      url: emoji.url,
    },
  }
}
