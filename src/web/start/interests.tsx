// The third step: hashtags to follow, from what is used just now and what the people who run this place care for.
import { useEffect, useState } from 'preact/hooks'
import type { CollectionWithAccounts, FeaturedTag, Tag } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { get, post } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

const MOST = 24

/** An address that fails gives nothing: interests are found in several places. */
async function listOf<T>(path: string): Promise<T[]> {
  try {
    return await get<T[]>(path)
  } catch {
    return []
  }
}

/** Those that the people who run this place show on their profile come first. */
async function findTags(): Promise<string[]> {
  const contact = instance.contact.account?.id
  const [featured, trending, packs] = await Promise.all([
    contact === undefined ? [] : listOf<FeaturedTag>(`/api/v1/accounts/${contact}/featured_tags`),
    listOf<Tag>('/api/v1/trends/tags?limit=20'),
    listOf<CollectionWithAccounts>('/api/v1/starter_packs'),
  ])
  const names = [
    ...featured.map((tag) => tag.name),
    ...packs.flatMap((pack) => pack.collection.tag?.name ?? []),
    ...trending.map((tag) => tag.name),
  ]
  return unique(names).slice(0, MOST)
}

function unique(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()]
}

interface ChipsProps {
  tags: readonly string[]
  followed: ReadonlySet<string>
  toggle: (name: string) => void
}

function Chips({ tags, followed, toggle }: ChipsProps) {
  return (
    <ul class="chips">
      {tags.map((name) => {
        const on = followed.has(name.toLowerCase())
        return (
          <li key={name.toLowerCase()}>
            <button
              class={on ? 'button slim' : 'button quiet slim'}
              type="button"
              aria-pressed={on}
              onClick={() => toggle(name)}
            >
              <Icon name={on ? 'check' : 'plus'} />
              <span dir="auto">#{name}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function AddTag({ add }: { add: (name: string) => void }) {
  const [text, setText] = useState('')
  const name = text.trim().replace(/^#/, '')
  return (
    <form
      class="interest-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name === '') return
        setText('')
        add(name)
      }}
    >
      <input
        class="field"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        placeholder={t('start.tagPlaceholder')}
        aria-label={t('start.tagPlaceholder')}
        maxLength={100}
        autocapitalize="none"
        dir="auto"
      />
      <button class="button quiet" type="submit" disabled={name === ''}>
        {t('start.addTag')}
      </button>
    </form>
  )
}

export function Interests() {
  const [tags, setTags] = useState<readonly string[]>([])
  const [followed, setFollowed] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const load = async (): Promise<void> => {
      const [found, mine] = await Promise.all([findTags(), listOf<Tag>('/api/v1/followed_tags?limit=200')])
      const names = mine.map((tag) => tag.name)
      setTags(unique([...names, ...found]))
      setFollowed(new Set(names.map((name) => name.toLowerCase())))
    }
    void load()
  }, [])
  const toggle = (name: string): void =>
    void attempt(async () => {
      const key = name.toLowerCase()
      const on = followed.has(key)
      await post<Tag>(`/api/v1/tags/${encodeURIComponent(name)}/${on ? 'unfollow' : 'follow'}`)
      forgetFeeds()
      setFollowed((old) => new Set(on ? [...old].filter((one) => one !== key) : [...old, key]))
    })
  const add = (name: string): void => {
    setTags((old) => unique([...old, name]))
    if (!followed.has(name.toLowerCase())) toggle(name)
  }
  return (
    <div class="interests">
      <Chips tags={tags} followed={followed} toggle={toggle} />
      <AddTag add={add} />
    </div>
  )
}
