// Lists of people: followers, followed, those who favourited or boosted a post, those who ask to follow.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Relationship } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import { get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { attempt } from '../ui/feedback.tsx'
import { PeopleList } from './people-list.tsx'

function RequestButtons({ account, drop }: { account: Account; drop: () => void }) {
  const answer = (word: 'authorize' | 'reject'): void =>
    void attempt(async () => {
      await post<Relationship>(`/api/v1/follow_requests/${account.id}/${word}`)
      drop()
    })
  return (
    <div class="people-tools">
      <button class="button slim" type="button" onClick={() => answer('authorize')}>
        {t('notifications.accept')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => answer('reject')}>
        {t('notifications.reject')}
      </button>
    </div>
  )
}

function OfAccount({ place, params }: ScreenProps) {
  const [account, setAccount] = useState<Account | undefined>(undefined)
  const [missing, setMissing] = useState(false)
  const kind = params['kind'] === 'followers' ? 'followers' : 'following'
  useEffect(() => {
    get<Account>(`/api/v1/accounts/lookup?acct=${encodeURIComponent(params['acct'] ?? '')}`).then(
      setAccount,
      () => setMissing(true),
    )
  }, [])
  if (missing) return <Missing />
  const title = t(`profile.${kind}Title`, { name: account ? nameOf(account) : `@${params['acct'] ?? ''}` })
  return (
    <ScreenFrame title={title} deep scroll={place.scroll}>
      {account && (
        <PeopleList path={`/api/v1/accounts/${account.id}/${kind}?limit=40`} empty={t('people.empty')} />
      )}
    </ScreenFrame>
  )
}

export default function PeopleScreen(props: ScreenProps) {
  const { kind, id = '' } = props.params
  if (kind === 'favourites' || kind === 'boosts')
    return (
      <ScreenFrame title={t(kind === 'boosts' ? 'post.boostedByList' : 'post.likedBy')} deep scroll={0}>
        <PeopleList
          path={`/api/v1/statuses/${id}/${kind === 'boosts' ? 'reblogged_by' : 'favourited_by'}?limit=40`}
          empty={t('people.empty')}
        />
      </ScreenFrame>
    )
  if (kind === 'followers' || kind === 'following') return <OfAccount {...props} />
  return (
    <ScreenFrame title={t('notifications.requests')} deep scroll={0}>
      <PeopleList
        path="/api/v1/follow_requests?limit=40"
        empty={t('people.empty')}
        tools={(account, drop) => <RequestButtons account={account} drop={drop} />}
      />
    </ScreenFrame>
  )
}
