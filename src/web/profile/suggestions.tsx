// People one might like to follow, so that nobody's home stays empty.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Relationship, Suggestion } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { get, post } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { PersonLine } from '../post/who.tsx'
import { plainText } from '../public/plain-text.ts'
import { attempt } from '../ui/feedback.tsx'

const MAX = 8

/** What the server suggests, else people of this server who want to be found. */
async function findPeople(): Promise<Account[]> {
  const suggested = await get<Suggestion[]>(`/api/v2/suggestions?limit=${MAX}`)
  if (suggested.length > 0) return suggested.map((one) => one.account)
  const active = await get<Account[]>(`/api/v1/directory?local=true&order=active&limit=${MAX}`)
  const others = active.filter((account) => account.id !== me.peek().id)
  if (others.length === 0) return []
  const ids = others.map((account) => `id[]=${account.id}`).join('&')
  const relations = await get<Relationship[]>(`/api/v1/accounts/relationships?${ids}`)
  const known = new Set(relations.filter((one) => one.following || one.requested).map((one) => one.id))
  return others.filter((account) => !known.has(account.id))
}

function Row({ account }: { account: Account }) {
  const [done, setDone] = useState(false)
  const follow = (): void =>
    void attempt(async () => {
      await post<Relationship>(`/api/v1/accounts/${account.id}/${done ? 'unfollow' : 'follow'}`)
      setDone(!done)
      forgetFeeds()
    })
  const about = plainText(account.note, 90)
  return (
    <li>
      <div class="suggested">
        <PersonLine account={account} />
        {about !== '' && (
          <p class="soft small" dir="auto">
            {about}
          </p>
        )}
      </div>
      <button
        class={done ? 'button quiet slim' : 'button slim'}
        type="button"
        aria-pressed={done}
        onClick={follow}
      >
        {t(done ? 'profile.isFollowing' : 'profile.doFollow')}
      </button>
    </li>
  )
}

export function Suggestions() {
  const [people, setPeople] = useState<Account[]>([])
  useEffect(() => {
    void findPeople().then(setPeople, () => undefined)
  }, [])
  if (people.length === 0) return null
  return (
    <section aria-labelledby="suggested">
      <h2 class="section-title" id="suggested">
        {t('people.suggested')}
      </h2>
      <ul class="people">
        {people.map((account) => (
          <Row account={account} key={account.id} />
        ))}
      </ul>
    </section>
  )
}
