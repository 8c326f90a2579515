// The emojis with which people reacted to a post.
import { useEffect, useState } from 'preact/hooks'
import type { EmojiReaction } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'

export function ReactionsRow({ id }: { id: string }) {
  const [reactions, setReactions] = useState<EmojiReaction[]>([])
  useEffect(() => {
    get<EmojiReaction[]>(`/api/v1/statuses/${id}/reactions`).then(setReactions, () => undefined)
  }, [id])
  if (reactions.length === 0) return null
  return (
    <ul class="reactions" aria-label={t('post.reactions')}>
      {reactions.map((one) => (
        <li class={one.me ? 'mine' : ''} key={one.name}>
          {one.static_url === null ? (
            <span>{one.name}</span>
          ) : (
            <img src={one.static_url} alt={`:${one.name}:`} width="20" height="20" loading="lazy" />
          )}
          <span>{one.count}</span>
        </li>
      ))}
    </ul>
  )
}
