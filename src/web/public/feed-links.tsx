// The same page for feed readers: links that programs find, and a line that people see.
import { t } from '../i18n/words.ts'

export function feedLinks(url: string, title: string): { type: string; href: string; title: string }[] {
  return [
    { type: 'application/atom+xml', href: `${url}.atom`, title },
    { type: 'application/rss+xml', href: `${url}.rss`, title },
  ]
}

export function FeedLine({ path }: { path: string }) {
  return (
    <p class="feed-line soft small">
      {t('feeds.read')} <a href={`${path}.atom`}>Atom</a> <a href={`${path}.rss`}>RSS</a>
    </p>
  )
}
