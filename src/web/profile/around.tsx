// Around a profile: who of one's own acquaintances follows it, hashtags it shows, and what is special about it.
import { useEffect, useState } from 'preact/hooks'
import type { Account, FamiliarFollowers, FeaturedTag } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Avatar, nameOf, profilePath } from '../post/who.tsx'

const FACES = 3

function Familiar({ account }: { account: Account }) {
  const [people, setPeople] = useState<Account[]>([])
  useEffect(() => {
    if (account.id === me.value.id) return
    get<FamiliarFollowers[]>(`/api/v1/accounts/familiar_followers?id[]=${account.id}`).then(
      ([found]) => setPeople(found?.accounts ?? []),
      () => undefined,
    )
  }, [account.id])
  const [first] = people
  if (!first) return null
  return (
    <p class="familiar">
      <span class="pack-faces">
        {people.slice(0, FACES).map((one) => (
          <a href={profilePath(one)} title={nameOf(one)} aria-label={nameOf(one)} key={one.id}>
            <Avatar account={one} size="tiny" />
          </a>
        ))}
      </span>
      <span class="soft small">
        {t('profile.familiar', { name: nameOf(first), more: people.length - 1 })}
      </span>
    </p>
  )
}

function Featured({ account }: { account: Account }) {
  const [tags, setTags] = useState<FeaturedTag[]>([])
  useEffect(() => {
    get<FeaturedTag[]>(`/api/v1/accounts/${account.id}/featured_tags`).then(setTags, () => undefined)
  }, [account.id])
  if (tags.length === 0) return null
  return (
    <ul class="chips featured" aria-label={t('profile.featuredTags')}>
      {tags.map((tag) => (
        <li key={tag.id}>
          <a class="button quiet slim" href={`/tags/${encodeURIComponent(tag.name)}`} dir="auto">
            #{tag.name}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A profile of another server is known here only as far as somebody here has met it. */
function Remote({ account }: { account: Account }) {
  const domain = account.acct.split('@')[1]
  if (domain === undefined) return null
  return (
    <p class="soft small profile-remote">
      {t('profile.remote', { domain })}{' '}
      <a href={account.url} target="_blank" rel="noopener noreferrer nofollow">
        {t('post.original')}
      </a>
    </p>
  )
}

export function Around({ account }: { account: Account }) {
  return (
    <>
      {account.memorial === true && <p class="profile-remote">{t('profile.memorial')}</p>}
      {account.limited === true && <p class="profile-remote">{t('profile.limited')}</p>}
      <Familiar account={account} />
      <Featured account={account} />
      <Remote account={account} />
    </>
  )
}
