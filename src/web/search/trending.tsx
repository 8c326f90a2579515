// Hashtags that are used a lot just now.
import { useEffect, useState } from 'preact/hooks'
import type { Tag } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'

export function TagList({ tags }: { tags: readonly Tag[] }) {
  return (
    <ul class="tag-list">
      {tags.map((tag) => (
        <li key={tag.name}>
          <a href={`/tags/${encodeURIComponent(tag.name)}`}>
            <strong dir="auto">#{tag.name}</strong>
            <span class="soft small">
              {t('tag.uses', { count: tag.history.reduce((sum, day) => sum + Number(day.uses), 0) })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

export function Trending() {
  const [tags, setTags] = useState<Tag[]>([])
  useEffect(() => {
    void get<Tag[]>('/api/v1/trends/tags?limit=6').then(setTags, () => undefined)
  }, [])
  if (tags.length === 0) return null
  return (
    <section aria-labelledby="trending">
      <h2 class="section-title" id="trending">
        {t('search.trending')}
      </h2>
      <TagList tags={tags} />
    </section>
  )
}
