// Writes one mention, hashtag or link the way Mastodon writes it, so that every client recognises it.
import { escapeHtml } from '../html/escape.ts'
import type { Entity } from './extract.ts'

/** What the text refers to; asked while formatting, so answers must be at hand (look them up before). */
export interface Resolve {
  /** The account behind `user` or `user@domain` as typed, or undefined when there is none. */
  mention(handle: string): { url: string; username: string } | undefined
  /** The address of a hashtag's page; `name` is the stored spelling. */
  hashtag(name: string): string
  /** Marks links as leading to the author's other homes (`rel=me`): for profiles, never for posts. */
  relMe?: boolean
}

const SHOWN = 30

/** HTML for an entity; `raw` is its text, which is what stays of mentions nobody answers to. */
export function writeEntity(entity: Entity, raw: string, resolve: Resolve): string {
  if (entity.kind === 'link') return writeLink(entity.url, resolve.relMe)
  if (entity.kind === 'hashtag') return writeHashtag(entity.label, resolve.hashtag(entity.name))
  const account = resolve.mention(entity.handle)
  return account === undefined ? escapeHtml(raw) : writeMention(account)
}

/** A link in three parts: scheme and www hidden, 30 characters shown, the rest hidden. */
export function writeLink(url: string, relMe = false): string {
  const rel = relMe ? 'nofollow noopener me' : 'nofollow noopener'
  const prefix = /^(?:https?:\/\/(?:www\.)?|xmpp:)/i.exec(url)?.[0] ?? ''
  const rest = Array.from(url.slice(prefix.length))
  const shown = escapeHtml(rest.slice(0, SHOWN).join(''))
  const hidden = escapeHtml(rest.slice(SHOWN).join(''))
  const cut = rest.length > SHOWN ? 'ellipsis' : ''
  return (
    `<a href="${escapeHtml(url)}" target="_blank" rel="${rel}" translate="no">` +
    `<span class="invisible">${escapeHtml(prefix)}</span><span class="${cut}">${shown}</span>` +
    `<span class="invisible">${hidden}</span></a>`
  )
}

/** A hashtag; `label` as typed, without #. */
export function writeHashtag(label: string, url: string): string {
  return `<a href="${escapeHtml(url)}" class="mention hashtag" rel="tag">#<span>${escapeHtml(label)}</span></a>`
}

/** A mention: the username only, without its domain. */
export function writeMention(account: { url: string; username: string }): string {
  const link = `<a href="${escapeHtml(account.url)}" class="u-url mention">@<span>${escapeHtml(account.username)}</span></a>`
  return `<span class="h-card" translate="no">${link}</span>`
}
