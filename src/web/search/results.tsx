// What a search found, all kinds in short or one kind with more of it.
import { useState } from 'preact/hooks'
import type { Search } from '../../contract/entities.ts'
import { withQuery } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import { t } from '../i18n/words.ts'
import type { MessageKey } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { PersonLine } from '../post/who.tsx'
import { TagList } from '../public/tag-list.tsx'
import { attempt } from '../ui/feedback.tsx'
import { ask, hostOf, isAddress, KINDS, PAGE } from './ask.ts'
import type { Kind } from './ask.ts'

const TITLES: Record<Kind, MessageKey> = {
  all: 'search.all',
  accounts: 'search.people',
  statuses: 'search.posts',
  hashtags: 'search.tags',
}

/** In the overview, the first few people and hashtags leave room for posts. */
const FEW = 5

function pathOf(query: string, kind: Kind): string {
  return withQuery('/search', { q: query, type: kind === 'all' ? undefined : kind })
}

export function Kinds({ query, current }: { query: string; current: Kind }) {
  return (
    <nav class="tabs" aria-label={t('search.title')}>
      {KINDS.map((kind) => (
        <a
          href={pathOf(query, kind)}
          key={kind}
          {...(kind === current ? { 'aria-current': 'page' as const } : {})}
        >
          {t(TITLES[kind])}
        </a>
      ))}
    </nav>
  )
}

function Nothing({ query }: { query: string }) {
  const address = isAddress(query)
  return (
    <div class="empty">
      <h2>{t('search.nothing', { query })}</h2>
      <p>{address ? t('search.unknownAddress', { place: hostOf(query) }) : t('search.nothingText')}</p>
    </div>
  )
}

function joined(old: Search, more: Search): Search {
  return {
    ...old,
    accounts: [...old.accounts, ...more.accounts],
    statuses: [...old.statuses, ...more.statuses],
    hashtags: [...old.hashtags, ...more.hashtags],
  }
}

interface PartProps {
  kind: Exclude<Kind, 'all'>
  query: string
  single: boolean
  /** There is more than is shown. */
  more: boolean
  children: preact.ComponentChildren
}

function Part({ kind, query, single, more, children }: PartProps) {
  if (single) return <>{children}</>
  return (
    <section aria-labelledby={`found-${kind}`}>
      <h2 class="section-title" id={`found-${kind}`}>
        {t(TITLES[kind])}
      </h2>
      {children}
      {more && (
        <p class="feed-end">
          <a class="button quiet slim" href={pathOf(query, kind)}>
            {t('search.allOf', { kind: t(TITLES[kind]) })}
          </a>
        </p>
      )}
    </section>
  )
}

function Found({ found, query, kind }: { found: Search; query: string; kind: Kind }) {
  const single = kind !== 'all'
  const few = <T,>(list: readonly T[]): readonly T[] => (single ? list : list.slice(0, FEW))
  const { accounts, hashtags, statuses } = found
  return (
    <>
      {accounts.length > 0 && (
        <Part kind="accounts" query={query} single={single} more={accounts.length > FEW}>
          <ul class="people">
            {few(accounts).map((account) => (
              <li key={account.id}>
                <PersonLine account={account} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {hashtags.length > 0 && (
        <Part kind="hashtags" query={query} single={single} more={hashtags.length > FEW}>
          <TagList tags={few(hashtags)} />
        </Part>
      )}
      {statuses.length > 0 && (
        <Part kind="statuses" query={query} single={single} more={statuses.length >= PAGE}>
          <div class="posts">
            {statuses.map((status) => (
              <LivePost post={keepPost(status)} key={status.id} />
            ))}
          </div>
        </Part>
      )}
    </>
  )
}

export function Results({ found, query, kind }: { found: Search; query: string; kind: Kind }) {
  const [all, setAll] = useState(found)
  const [full, setFull] = useState(kind !== 'all' && found[kind].length >= PAGE)
  const [busy, setBusy] = useState(false)
  const count = all.accounts.length + all.hashtags.length + all.statuses.length
  if (count === 0) return <Nothing query={query} />
  const more = async (): Promise<void> => {
    setBusy(true)
    await attempt(async () => {
      const next = await ask(query, kind, count)
      setAll(joined(all, next))
      setFull(kind !== 'all' && next[kind].length >= PAGE)
    })
    setBusy(false)
  }
  return (
    <>
      <Found found={all} query={query} kind={kind} />
      {full && (
        <p class="feed-end">
          <button class="button quiet slim" type="button" disabled={busy} onClick={() => void more()}>
            {t('nav.more')}
          </button>
        </p>
      )}
    </>
  )
}
