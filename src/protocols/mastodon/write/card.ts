// A link preview as the client API shows it; its picture goes through our own cache.
import type * as entity from '../../../contract/entities.ts'
import type { Card } from '../../../model/card.ts'
import type { CardOfPost } from '../../../model/post-view.ts'
import type { Urls } from '../../../model/urls.ts'
import { writeAccount } from './account.ts'

/** The account that wrote the page, else the name that the page gives. */
function writeAuthors(urls: Urls, { creator }: CardOfPost, card: Card): entity.PreviewCardAuthor[] {
  if (creator) {
    const account = writeAccount(urls, creator)
    return [{ name: card.authorName ?? account.display_name, url: account.url, account }]
  }
  if (card.authorName === undefined && card.authorUrl === undefined) return []
  return [{ name: card.authorName ?? '', url: card.authorUrl ?? '', account: null }]
}

export function writeCard(urls: Urls, row: CardOfPost): entity.PreviewCard {
  const card = JSON.parse(row.card) as Card
  const image =
    row.imageKey === null
      ? row.hasImage
        ? urls.cardImage(row.id, row.updatedAt)
        : null
      : urls.media(row.imageKey)
  return {
    url: card.url,
    title: card.title ?? '',
    description: card.description ?? '',
    language: card.language ?? null,
    type: card.type ?? 'link',
    author_name: card.authorName ?? '',
    author_url: card.authorUrl ?? '',
    provider_name: card.providerName ?? '',
    provider_url: card.providerUrl ?? '',
    html: '',
    width: card.width ?? 0,
    height: card.height ?? 0,
    image,
    image_description: card.imageDescription ?? '',
    embed_url: '',
    blurhash: card.blurhash ?? null,
    published_at: card.publishedAt ?? null,
    authors: writeAuthors(urls, row, card),
  }
}
