// One's own collections, and those that recommend oneself.
import { useEffect, useState } from 'preact/hooks'
import type { Collection, Collections } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { go } from '../app/router.ts'
import { get } from '../api/http.ts'
import { me } from '../api/session.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { CollectionForm } from './collection-form.tsx'

function Rows({ collections }: { collections: readonly Collection[] }) {
  return (
    <ul class="rows">
      {collections.map((collection) => (
        <li key={collection.id}>
          <a class="row-link" href={`/collections/${collection.id}`}>
            <Icon name="people" />
            <span class="filter-words">
              <strong dir="auto">{collection.name}</strong>
              <small class="soft">{t('packs.people', { count: collection.item_count })}</small>
            </span>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  )
}

export default function CollectionsScreen({ place }: ScreenProps) {
  const [own, setOwn] = useState<Collection[] | undefined>(undefined)
  const [naming, setNaming] = useState<Collection[]>([])
  const [making, setMaking] = useState(false)
  useEffect(() => {
    const path = `/api/v1/accounts/${me.value.id}`
    void attempt(async () => {
      const [mine, others] = await Promise.all([
        get<Collections>(`${path}/collections`),
        get<Collections>(`${path}/in_collections`),
      ])
      setOwn(mine.collections)
      setNaming(others.collections.filter((one) => one.account_id !== me.value.id))
    })
  }, [])
  return (
    <ScreenFrame title={t('packs.own')} deep scroll={place.scroll}>
      <p class="soft settings-lead">{t('packs.ownText')}</p>
      <div class="inline-form">
        <button class="button" type="button" onClick={() => setMaking(true)}>
          <Icon name="plus" />
          {t('packs.new')}
        </button>
      </div>
      {!own && <Skeletons />}
      {own && <Rows collections={own} />}
      {naming.length > 0 && (
        <>
          <h2 class="section-title">{t('packs.naming')}</h2>
          <Rows collections={naming} />
        </>
      )}
      {making && (
        <CollectionForm
          collection={undefined}
          onClose={() => setMaking(false)}
          onSaved={(saved) => go(`/collections/${saved.id}`)}
        />
      )}
    </ScreenFrame>
  )
}
