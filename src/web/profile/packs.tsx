// Starter packs: people whom somebody recommends together, followed with one press.
import { useEffect, useState } from 'preact/hooks'
import type { CollectionWithAccounts, Relationship } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { get, post } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Avatar, nameOf } from '../post/who.tsx'
import { attempt, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

const FACES = 6

export function FollowPack({ pack, slim = false }: { pack: CollectionWithAccounts; slim?: boolean }) {
  const [state, setState] = useState<'new' | 'busy' | 'done'>('new')
  const count = pack.collection.items.filter((item) => item.account_id !== me.value.id).length
  const follow = async (): Promise<void> => {
    setState('busy')
    const done = await attempt(() => post<Relationship[]>(`/api/v1/collections/${pack.collection.id}/follow`))
    setState(done ? 'done' : 'new')
    if (!done) return
    forgetFeeds()
    tell(t('packs.followed', { name: pack.collection.name }))
  }
  if (count === 0) return null
  return (
    <button
      class={`button ${state === 'done' ? 'quiet' : ''} ${slim ? 'slim' : ''}`}
      type="button"
      disabled={state !== 'new'}
      onClick={() => void follow()}
    >
      {state === 'done' && <Icon name="check" />}
      {state === 'done' ? t('packs.done') : t('packs.follow', { count })}
    </button>
  )
}

function Pack({ pack }: { pack: CollectionWithAccounts }) {
  const { collection } = pack
  const [owner] = pack.accounts
  const people = pack.accounts.slice(1)
  return (
    <li class="pack">
      <a class="pack-words" href={`/collections/${collection.id}`}>
        <strong dir="auto">{collection.name}</strong>
        {(collection.description ?? '') !== '' && (
          <span class="soft small" dir="auto">
            {collection.description}
          </span>
        )}
        <span class="pack-faces">
          {people.slice(0, FACES).map((account) => (
            <Avatar account={account} size="tiny" key={account.id} />
          ))}
          <span class="soft small">
            {t('packs.people', { count: people.length })}
            {owner && ` · ${t('packs.by', { name: nameOf(owner) })}`}
          </span>
        </span>
      </a>
      <FollowPack pack={pack} slim />
    </li>
  )
}

export function Packs() {
  const [packs, setPacks] = useState<CollectionWithAccounts[]>([])
  useEffect(() => {
    get<CollectionWithAccounts[]>('/api/v1/starter_packs').then(setPacks, () => undefined)
  }, [])
  if (packs.length === 0) return null
  return (
    <section aria-labelledby="packs">
      <h2 class="section-title" id="packs">
        {t('packs.title')}
      </h2>
      <ul class="packs">
        {packs.map((pack) => (
          <Pack pack={pack} key={pack.collection.id} />
        ))}
      </ul>
    </section>
  )
}
