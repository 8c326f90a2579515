// Hashtags with how much they are used.
import type { Tag } from '../../contract/entities.ts'
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
