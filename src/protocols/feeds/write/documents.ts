// Feeds as the documents that feed readers fetch: Atom (RFC 4287, RFC 5005) and RSS 2.0 with Media RSS.
import { generateAtomFeed, generateRssFeed } from 'feedsmith'
import { TYPES } from '../formats.ts'
import type { Format } from '../formats.ts'
import { changedAt } from './feed.ts'
import type { Feed, FeedAddress, FeedEntry, FeedFile } from './feed.ts'

export const WRITERS = { atom: writeAtom, rss: writeRss } as const satisfies Record<Format, unknown>

function mediaOf(files: readonly FeedFile[]) {
  if (files.length === 0) return {}
  const contents = files.map((file) => ({
    url: file.url,
    type: file.type,
    ...(file.bytes > 0 ? { fileSize: file.bytes } : {}),
    medium: file.medium,
    ...(file.sensitive ? { ratings: [{ value: 'adult', scheme: 'urn:simple' }] } : {}),
    ...(file.description === '' ? {} : { description: { value: file.description, type: 'plain' as const } }),
  }))
  return { media: { contents } }
}

function atomEntry(entry: FeedEntry) {
  return {
    id: entry.id,
    title: { value: entry.title },
    content: { type: 'html', value: entry.html },
    published: new Date(entry.publishedAt),
    updated: new Date(entry.updatedAt),
    authors: [{ name: entry.author.name, uri: entry.author.page }],
    categories: entry.tags.map((tag) => ({ term: tag.name, scheme: tag.page, label: `#${tag.name}` })),
    links: [
      { href: entry.page, rel: 'alternate', type: 'text/html' },
      ...entry.files.map((file) => ({
        href: file.url,
        rel: 'enclosure',
        type: file.type,
        length: file.bytes,
      })),
    ],
    ...(entry.language === undefined ? {} : { xml: { lang: entry.language } }),
    ...mediaOf(entry.files),
  }
}

function writeAtom(feed: Feed, { self, next }: FeedAddress): string {
  return generateAtomFeed({
    id: feed.id,
    title: { value: feed.title },
    subtitle: { value: feed.description },
    updated: new Date(changedAt(feed)),
    generator: { text: feed.generator.name, version: feed.generator.version },
    ...(feed.picture === undefined ? {} : { icon: feed.picture, logo: feed.picture }),
    ...(feed.author ? { authors: [{ name: feed.author.name, uri: feed.author.page }] } : {}),
    links: [
      { href: self, rel: 'self', type: TYPES.atom },
      { href: feed.page, rel: 'alternate', type: 'text/html' },
      ...(next === undefined ? [] : [{ href: next, rel: 'next', type: TYPES.atom }]),
    ],
    entries: feed.entries.map(atomEntry),
  })
}

/** RSS knows one enclosure only; the others are told by Media RSS. */
function rssItem(entry: FeedEntry) {
  const [first] = entry.files
  return {
    guid: { value: entry.id, isPermaLink: false },
    title: entry.title,
    link: entry.page,
    description: entry.html,
    pubDate: new Date(entry.publishedAt),
    dc: { creators: [entry.author.name] },
    categories: entry.tags.map((tag) => ({ name: tag.name })),
    ...(first ? { enclosures: [{ url: first.url, type: first.type, length: first.bytes }] } : {}),
    ...mediaOf(entry.files),
  }
}

function writeRss(feed: Feed, { self, next }: FeedAddress): string {
  return generateRssFeed({
    title: feed.title,
    link: feed.page,
    description: feed.description,
    lastBuildDate: new Date(changedAt(feed)),
    generator: `${feed.generator.name} ${feed.generator.version}`,
    ...(feed.picture === undefined
      ? {}
      : { image: { url: feed.picture, title: feed.title, link: feed.page } }),
    atom: {
      links: [
        { href: self, rel: 'self', type: TYPES.rss },
        ...(next === undefined ? [] : [{ href: next, rel: 'next', type: TYPES.rss }]),
      ],
    },
    items: feed.entries.map(rssItem),
  })
}
