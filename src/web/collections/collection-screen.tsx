// One collection: who is recommended, following them all, and for its owner putting people in and taking them out.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Collection, CollectionWithAccounts } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import { go } from '../app/router.ts'
import { get, send204 } from '../api/http.ts'
import { me } from '../api/session.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { nameOf, PersonLine, profilePath } from '../post/who.tsx'
import { FollowPack } from '../profile/packs.tsx'
import { attempt, sure, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { plainText } from '../public/plain-text.ts'
import { CollectionForm } from './collection-form.tsx'

function itemOf(collection: Collection, account: Account): string | undefined {
  return collection.items.find((item) => item.account_id === account.id)?.id
}

function Person({
  pack,
  account,
  reload,
}: {
  pack: CollectionWithAccounts
  account: Account
  reload: () => void
}) {
  const { collection } = pack
  const mine = collection.account_id === me.value.id
  const item = itemOf(collection, account)
  const about = plainText(account.note, 120)
  const take = async (): Promise<void> => {
    const path = `/api/v1/collections/${collection.id}/items/${item ?? ''}`
    const self = account.id === me.value.id && !mine
    if (self && !(await sure(t('packs.leaveSure')))) return
    if (await attempt(() => (self ? send204('POST', `${path}/revoke`) : send204('DELETE', path)))) reload()
  }
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
      {item !== undefined && (mine || account.id === me.value.id) && (
        <button class="button quiet slim" type="button" onClick={() => void take()}>
          {t(mine ? 'packs.takeOut' : 'packs.leave')}
        </button>
      )}
    </li>
  )
}

function OwnTools({ collection, onEdit }: { collection: Collection; onEdit: () => void }) {
  const end = async (): Promise<void> => {
    if (!(await sure(t('packs.deleteSure', { name: collection.name })))) return
    if (await attempt(() => send204('DELETE', `/api/v1/collections/${collection.id}`))) {
      tell(t('packs.deleted'))
      go('/collections', { replace: true })
    }
  }
  return (
    <Menu
      label={t('nav.more')}
      items={[
        { label: t('packs.edit'), icon: 'pen', run: onEdit },
        { label: t('packs.delete'), icon: 'trash', danger: true, run: () => void end() },
      ]}
    >
      <Icon name="more" />
    </Menu>
  )
}

function Words({ pack }: { pack: CollectionWithAccounts }) {
  const { collection, accounts } = pack
  const [owner] = accounts
  return (
    <div class="pack-head">
      {(collection.description ?? '') !== '' && <p dir="auto">{collection.description}</p>}
      <p class="soft">
        {owner && <a href={profilePath(owner)}>{t('packs.by', { name: nameOf(owner) })}</a>}
        {' · '}
        {t('packs.people', { count: collection.item_count })}
        {collection.tag && (
          <>
            {' · '}
            <a href={`/tags/${encodeURIComponent(collection.tag.name)}`}>#{collection.tag.name}</a>
          </>
        )}
      </p>
      <FollowPack pack={pack} />
    </div>
  )
}

export default function CollectionScreen({ params }: ScreenProps) {
  const id = params['id'] ?? ''
  const [pack, setPack] = useState<CollectionWithAccounts | undefined>(undefined)
  const [missing, setMissing] = useState(false)
  const [editing, setEditing] = useState(false)
  const load = (): void =>
    void get<CollectionWithAccounts>(`/api/v1/collections/${id}`).then(setPack, () => setMissing(true))
  useEffect(load, [id])
  if (missing) return <Missing />
  if (!pack)
    return (
      <ScreenFrame title={t('packs.one')} deep>
        <Skeletons />
      </ScreenFrame>
    )
  const { collection } = pack
  const mine = collection.account_id === me.value.id
  const people = pack.accounts.slice(1)
  return (
    <ScreenFrame
      title={collection.name}
      deep
      scroll={0}
      tools={mine ? <OwnTools collection={collection} onEdit={() => setEditing(true)} /> : undefined}
    >
      <Words pack={pack} />
      <ul class="people">
        {people.map((account) => (
          <Person pack={pack} account={account} reload={load} key={account.id} />
        ))}
      </ul>
      {people.length === 0 && (
        <div class="empty">
          <h2>{t('packs.empty')}</h2>
          <p>{t(mine ? 'packs.emptyOwn' : 'packs.emptyText')}</p>
        </div>
      )}
      {editing && (
        <CollectionForm
          collection={collection}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false)
            load()
          }}
        />
      )}
    </ScreenFrame>
  )
}
