// People one has muted or blocked, and hashtags one follows, each with the way back.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Relationship, Tag } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { PeopleList } from '../profile/people-list.tsx'
import { attempt } from '../ui/feedback.tsx'

function undo(account: Account, deed: 'unmute' | 'unblock', drop: () => void): void {
  void attempt(async () => {
    await post<Relationship>(`/api/v1/accounts/${account.id}/${deed}`)
    forgetFeeds()
    drop()
  })
}

export function KeptAway({ what }: { what: 'muted' | 'blocked' }) {
  const deed = what === 'muted' ? 'unmute' : 'unblock'
  return (
    <PeopleList
      path={`/api/v1/${what === 'muted' ? 'mutes' : 'blocks'}?limit=40`}
      empty={t(what === 'muted' ? 'settings.noMuted' : 'settings.noBlocked')}
      tools={(account, drop) => (
        <button class="button quiet slim" type="button" onClick={() => undo(account, deed, drop)}>
          {t(`profile.${deed}`)}
        </button>
      )}
    />
  )
}

export function FollowedTags() {
  const [tags, setTags] = useState<Tag[] | undefined>(undefined)
  useEffect(() => void attempt(async () => setTags(await get<Tag[]>('/api/v1/followed_tags?limit=200'))), [])
  const remove = (tag: Tag): void =>
    void attempt(async () => {
      await post<Tag>(`/api/v1/tags/${encodeURIComponent(tag.name)}/unfollow`)
      setTags((old) => old?.filter((one) => one.name !== tag.name))
    })
  return (
    <>
      <ul class="rows">
        {tags?.map((tag) => (
          <li key={tag.name}>
            <a class="row-link" href={`/tags/${encodeURIComponent(tag.name)}`}>
              <strong dir="auto">#{tag.name}</strong>
            </a>
            <button class="button quiet slim" type="button" onClick={() => remove(tag)}>
              {t('tag.unfollow')}
            </button>
          </li>
        ))}
      </ul>
      {tags?.length === 0 && (
        <div class="empty">
          <h2>{t('settings.noTags')}</h2>
        </div>
      )}
    </>
  )
}
