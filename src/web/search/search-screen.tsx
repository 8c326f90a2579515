// Finding people, hashtags and posts; an address from elsewhere opens here.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Search } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { get, withQuery } from '../api/http.ts'
import { go } from '../app/router.ts'
import { keepPost } from '../api/posts.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { postPath } from '../post/post-extras.tsx'
import { PersonLine, profilePath } from '../post/who.tsx'
import { Suggestions } from '../profile/suggestions.tsx'
import { reasonOf } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { TagList } from '../public/tag-list.tsx'
import { Trending } from './trending.tsx'
import { forgetSearches, noteSearch, recentSearches } from './recent.ts'

const ADDRESS = /^(https?:\/\/\S+|@?[\w.-]+@[\w.-]+\.\w+)$/

function Results({ found, query }: { found: Search; query: string }) {
  const { accounts, hashtags, statuses } = found
  if (accounts.length + hashtags.length + statuses.length === 0)
    return (
      <div class="empty">
        <h2>{t('search.nothing', { query })}</h2>
        <p>{t('search.nothingText')}</p>
      </div>
    )
  return (
    <>
      {accounts.length > 0 && (
        <section aria-labelledby="found-people">
          <h2 class="section-title" id="found-people">
            {t('search.people')}
          </h2>
          <ul class="people">
            {accounts.map((account) => (
              <li key={account.id}>
                <PersonLine account={account} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {hashtags.length > 0 && (
        <section aria-labelledby="found-tags">
          <h2 class="section-title" id="found-tags">
            {t('search.tags')}
          </h2>
          <TagList tags={hashtags} />
        </section>
      )}
      {statuses.length > 0 && (
        <section aria-labelledby="found-posts">
          <h2 class="section-title" id="found-posts">
            {t('search.posts')}
          </h2>
          <div class="posts">
            {statuses.map((status) => (
              <LivePost post={keepPost(status)} key={status.id} />
            ))}
          </div>
        </section>
      )}
    </>
  )
}

/** A whole address has one meaning: where that is shown. */
function onlyMeaning({ accounts, statuses }: Search): string | undefined {
  const [status] = statuses
  const [account] = accounts
  if (status && !account) return postPath(status)
  return account && accounts.length === 1 && !status ? profilePath(account) : undefined
}

function useSearch(query: string): { found: Search | undefined; busy: boolean; problem: string } {
  const [found, setFound] = useState<Search | undefined>(undefined)
  const [busy, setBusy] = useState(query !== '')
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (query === '') return undefined
    const stop = new AbortController()
    const isAddress = ADDRESS.test(query)
    const search = async (): Promise<void> => {
      try {
        const path = withQuery('/api/v2/search', { q: query, resolve: isAddress || undefined, limit: 20 })
        const answer = await get<Search>(path, stop.signal)
        const only = isAddress ? onlyMeaning(answer) : undefined
        if (only !== undefined) go(only, { replace: true })
        else setFound(answer)
      } catch (error) {
        if (!stop.signal.aborted) setProblem(reasonOf(error))
      }
      if (!stop.signal.aborted) setBusy(false)
    }
    void search()
    return () => stop.abort()
  }, [query])
  return { found, busy, problem }
}

function Before() {
  const [recent, setRecent] = useState(recentSearches)
  return (
    <div class="search-before">
      <p class="soft">{t('search.hint')}</p>
      <p class="soft small">{t('search.operators')}</p>
      {recent.length > 0 && (
        <>
          <h2 class="section-title">{t('search.recent')}</h2>
          <ul class="chips">
            {recent.map((query) => (
              <li key={query}>
                <a class="button quiet slim" href={withQuery('/search', { q: query })}>
                  {query}
                </a>
              </li>
            ))}
          </ul>
          <button
            class="button quiet slim"
            type="button"
            onClick={() => {
              forgetSearches()
              setRecent([])
            }}
          >
            {t('search.clear')}
          </button>
        </>
      )}
    </div>
  )
}

export default function SearchScreen({ place }: ScreenProps) {
  const query = place.query.get('q') ?? ''
  const input = useRef<HTMLInputElement>(null)
  const { found, busy, problem } = useSearch(query)
  useEffect(() => {
    if (query === '') input.current?.focus()
    else noteSearch(query)
  }, [])
  return (
    <ScreenFrame title={t('search.title')} scroll={place.scroll}>
      <form
        class="search-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const text = input.current?.value.trim() ?? ''
          if (text !== '') go(withQuery('/search', { q: text }))
        }}
      >
        <Icon name="search" />
        <input
          ref={input}
          class="field"
          type="search"
          name="q"
          defaultValue={query}
          maxLength={500}
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          enterkeyhint="search"
          dir="auto"
        />
      </form>
      {problem !== '' && <p class="problem">{problem}</p>}
      {busy && <Skeletons />}
      {found && <Results found={found} query={query} />}
      {query === '' && (
        <>
          <Before />
          <Trending />
          <Suggestions />
        </>
      )}
    </ScreenFrame>
  )
}
