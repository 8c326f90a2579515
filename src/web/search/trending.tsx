// Hashtags that are used a lot just now.
import { useEffect, useState } from 'preact/hooks'
import type { Tag } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { TagList } from '../public/tag-list.tsx'

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
