// Which of one's collections recommend a person.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Collection, Collections, WrappedCollectionItem } from '../../contract/entities.ts'
import { get, post, send204 } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { attempt } from '../ui/feedback.tsx'

export function CollectionsDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [own, setOwn] = useState<Collection[] | undefined>(undefined)
  const load = async (): Promise<void> => {
    setOwn((await get<Collections>(`/api/v1/accounts/${me.value.id}/collections`)).collections)
  }
  useEffect(() => void attempt(load), [])
  const toggle = (collection: Collection): void =>
    void attempt(async () => {
      const path = `/api/v1/collections/${collection.id}/items`
      const item = collection.items.find((one) => one.account_id === account.id)
      if (item) await send204('DELETE', `${path}/${item.id}`)
      else await post<WrappedCollectionItem>(path, { account_id: account.id })
      await load()
    })
  return (
    <Dialog label={t('packs.with', { name: nameOf(account) })} onClose={onClose} titled small>
      <div class="form">
        {own?.map((collection) => (
          <label class="check" key={collection.id}>
            <input
              type="checkbox"
              checked={collection.items.some((one) => one.account_id === account.id)}
              onChange={() => toggle(collection)}
            />
            {collection.name}
          </label>
        ))}
        <p class="soft">
          {own?.length === 0 && `${t('packs.none')} `}
          <a href="/collections">{t('packs.manage')}</a>
        </p>
      </div>
    </Dialog>
  )
}
