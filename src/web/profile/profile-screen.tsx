// Somebody's profile with what one can do with them, or one's own.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Relationship, Status } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import { createFeed, feedFor } from '../api/feed.ts'
import { get } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import type { PostSignal } from '../api/posts.ts'
import { instance, me } from '../api/session.ts'
import { FeedView, Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { nameOf } from '../post/who.tsx'
import { PROFILE_TABS, ProfileHead, ProfileTabs } from '../public/profile-head.tsx'
import type { ProfileTab } from '../public/profile-head.tsx'
import { Around } from './around.tsx'
import { Note } from './note.tsx'
import { RelationBadges, RelationButtons } from './relation.tsx'

const TAB_BY_PATH: Record<string, ProfileTab> = { with_replies: 'replies', media: 'media' }

/** Accounts looked up lately, so that changing tabs does not ask again. */
const looked = new Map<string, Account>()

function useAccount(acct: string): { account: Account | undefined; missing: boolean } {
  const own = acct === me.value.acct
  const [account, setAccount] = useState<Account | undefined>(own ? me.value : looked.get(acct))
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    const look = async (): Promise<void> => {
      try {
        const found = await get<Account>(`/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
        if (looked.size > 50) looked.clear()
        looked.set(acct, found)
        setAccount(found)
      } catch {
        setMissing(true)
      }
    }
    void look()
  }, [acct])
  return { account, missing }
}

function useRelation(id: string | undefined): [Relationship | undefined, (relation: Relationship) => void] {
  const [relation, setRelation] = useState<Relationship | undefined>(undefined)
  useEffect(() => {
    if (id === undefined || id === me.value.id) return
    get<Relationship[]>(`/api/v1/accounts/relationships?id[]=${id}`).then(
      ([found]) => setRelation(found),
      () => undefined,
    )
  }, [id])
  return [relation, setRelation]
}

function usePins(id: string | undefined, wanted: boolean): PostSignal[] {
  const [pins, setPins] = useState<PostSignal[]>([])
  useEffect(() => {
    if (id === undefined || !wanted) return
    get<Status[]>(`/api/v1/accounts/${id}/statuses?pinned=true`).then(
      (found) => setPins(found.map(keepPost)),
      () => undefined,
    )
  }, [id])
  return pins
}

function Posts({ account, tab, place }: { account: Account; tab: ProfileTab; place: ScreenProps['place'] }) {
  const choice = PROFILE_TABS.find((one) => one.name === tab)
  const [feed] = useState(() =>
    feedFor(`account ${account.id} ${tab}`, () =>
      createFeed({
        key: `account ${account.id} ${tab}`,
        path: `/api/v1/accounts/${account.id}/statuses?${choice?.query ?? ''}`,
      }),
    ),
  )
  useEffect(() => {
    if (feed.state.value === 'fresh') void feed.loadOlder()
    else void feed.loadNewer(true).catch(() => undefined)
  }, [])
  const name = nameOf(account)
  return (
    <FeedView
      feed={feed}
      place={place}
      label={name}
      empty={{ title: t('profile.empty'), text: t('profile.emptyText', { name }) }}
    />
  )
}

export default function ProfileScreen({ place, params }: ScreenProps) {
  const tab = TAB_BY_PATH[params['tab'] ?? ''] ?? 'posts'
  const domain = `@${instance.domain}`
  const acct = (params['acct'] ?? '').endsWith(domain)
    ? (params['acct'] ?? '').slice(0, -domain.length)
    : (params['acct'] ?? '')
  const { account, missing } = useAccount(acct)
  const [relation, setRelation] = useRelation(account?.id)
  const pins = usePins(account?.id, tab === 'posts')
  if (missing && !account) return <Missing />
  if (!account)
    return (
      <ScreenFrame title={`@${acct}`} deep>
        <Skeletons />
      </ScreenFrame>
    )
  const address = account.acct.includes('@') ? account.acct : `${account.acct}${domain}`
  return (
    <ScreenFrame title={nameOf(account)} deep>
      <div class="profile">
        <ProfileHead
          account={account}
          address={address}
          links
          badges={relation && <RelationBadges relation={relation} />}
          buttons={<RelationButtons account={account} relation={relation} onChange={setRelation} />}
          below={
            <>
              <Around account={account} />
              {relation && <Note relation={relation} onChange={setRelation} />}
            </>
          }
        />
        <ProfileTabs account={account} current={tab} />
        {relation?.blocked_by !== true &&
          pins.map((post) => <LivePost post={post} pinned key={post.peek()?.id} />)}
        <Posts account={account} tab={tab} place={place} key={tab} />
      </div>
    </ScreenFrame>
  )
}
