// The hashtags that stand on one's own profile.
import { useEffect, useState } from 'preact/hooks'
import type { FeaturedTag, Tag } from '../../contract/entities.ts'
import { call, get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

interface AddProps {
  ideas: readonly string[]
  onAdd: (name: string) => Promise<unknown>
}

function AddTag({ ideas, onAdd }: AddProps) {
  const [typed, setTyped] = useState('')
  const add = async (): Promise<void> => {
    if (await onAdd(typed.trim().replace(/^#/, ''))) setTyped('')
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <label>
        {t('tags.add')}
        <input
          class="field"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          maxLength={100}
          autocapitalize="none"
          dir="auto"
        />
      </label>
      <div class="dialog-row">
        <button class="button" type="submit" disabled={typed.trim() === ''}>
          {t('tags.addDo')}
        </button>
      </div>
      {ideas.length > 0 && (
        <div role="group" aria-label={t('tags.suggested')}>
          <p class="soft small">{t('tags.suggested')}</p>
          {ideas.map((name) => (
            <button class="button quiet slim" type="button" onClick={() => void onAdd(name)} key={name}>
              #{name}
            </button>
          ))}
        </div>
      )}
    </form>
  )
}

export function FeaturedTags() {
  const [tags, setTags] = useState<readonly FeaturedTag[]>([])
  const [ideas, setIdeas] = useState<readonly Tag[]>([])
  useEffect(() => {
    get<FeaturedTag[]>('/api/v1/featured_tags').then(setTags, () => undefined)
    get<Tag[]>('/api/v1/featured_tags/suggestions').then(setIdeas, () => undefined)
  }, [])
  const add = (name: string): Promise<unknown> =>
    attempt(async () => {
      const fresh = await post<FeaturedTag>('/api/v1/featured_tags', { name })
      setTags([...tags.filter(({ id }) => id !== fresh.id), fresh])
    })
  const remove = (tag: FeaturedTag): void =>
    void attempt(async () => {
      await call('DELETE', `/api/v1/featured_tags/${tag.id}`)
      setTags(tags.filter(({ id }) => id !== tag.id))
    })
  const fresh = ideas.filter(({ name }) => !tags.some((tag) => tag.name.toLowerCase() === name.toLowerCase()))
  return (
    <section aria-labelledby="featured-tags">
      <h2 class="section-title" id="featured-tags">
        {t('tags.featured')}
      </h2>
      <p class="soft settings-lead">{t('tags.featuredText')}</p>
      <ul class="rows">
        {tags.map((tag) => (
          <li class="import" key={tag.id}>
            <span class="row-words">
              <strong dir="auto">#{tag.name}</strong>
            </span>
            <button
              class="icon-button"
              type="button"
              aria-label={t('tags.remove', { name: tag.name })}
              onClick={() => remove(tag)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <AddTag ideas={fresh.slice(0, 6).map(({ name }) => name)} onAdd={add} />
    </section>
  )
}
