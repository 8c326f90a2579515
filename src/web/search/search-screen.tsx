// Finding people, hashtags and posts; an address from elsewhere opens here.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Search } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { withQuery } from '../api/http.ts'
import { go } from '../app/router.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { Packs } from '../profile/packs.tsx'
import { Suggestions } from '../profile/suggestions.tsx'
import { reasonOf } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Operators } from './operators.tsx'
import { ask, hostOf, isAddress, kindOf, onlyMeaning } from './ask.ts'
import type { Kind } from './ask.ts'
import { Kinds, Results } from './results.tsx'
import { forgetSearches, noteSearch, recentSearches } from './recent.ts'
import { Trending } from './trending.tsx'

function useSearch(query: string, kind: Kind): Outcome {
  const [found, setFound] = useState<Search | undefined>(undefined)
  const [busy, setBusy] = useState(query !== '')
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (query === '') return undefined
    const stop = new AbortController()
    const search = async (): Promise<void> => {
      try {
        const answer = await ask(query, kind, 0, stop.signal)
        const only = isAddress(query) ? onlyMeaning(answer) : undefined
        if (only !== undefined) go(only, { replace: true })
        else setFound(answer)
      } catch (error) {
        if (!stop.signal.aborted) setProblem(reasonOf(error))
      }
      if (!stop.signal.aborted) setBusy(false)
    }
    void search()
    return () => stop.abort()
  }, [query, kind])
  return { found, busy, problem }
}

interface Outcome {
  found: Search | undefined
  busy: boolean
  problem: string
}

function Before() {
  const [recent, setRecent] = useState(recentSearches)
  return (
    <div class="search-before">
      <p class="soft">{t('search.hint')}</p>
      <Operators />
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
  const kind = kindOf(place.query.get('type'))
  const { found, busy, problem } = useSearch(query, kind)
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
      {query !== '' && !isAddress(query) && <Kinds query={query} current={kind} />}
      {busy && isAddress(query) && (
        <p class="looking" role="status">
          {t('search.looking', { place: hostOf(query) })}
        </p>
      )}
      {busy && <Skeletons />}
      {found && <Results found={found} query={query} kind={kind} />}
      {query === '' && (
        <>
          <Before />
          <Trending />
          <Packs />
          <Suggestions />
        </>
      )}
    </ScreenFrame>
  )
}
