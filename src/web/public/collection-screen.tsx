// A collection of people for visitors.
import type { CollectionWithAccounts } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { nameOf, PersonLine, profilePath } from '../post/who.tsx'
import type { PageRequest, Screen } from './page-request.ts'
import { plainText } from './plain-text.ts'
import { Nothing } from './posts.tsx'
import { missingScreen } from './small-screens.tsx'

export async function collectionScreen(request: PageRequest, id: string): Promise<() => Screen> {
  const loaded = await request.load(`/api/v1/collections/${id}`)
  if (loaded.status !== 200) return missingScreen
  const { collection, accounts } = loaded.body as CollectionWithAccounts
  const [owner, ...people] = accounts
  return () => ({
    title: collection.name,
    description: collection.description ?? '',
    noindex: !collection.discoverable,
    canonical: `${request.origin}/collections/${collection.id}`,
    content: (
      <div class="column">
        <h1 class="column-title" dir="auto">
          {collection.name}
        </h1>
        <div class="card">
          <div class="pack-head">
            {(collection.description ?? '') !== '' && <p dir="auto">{collection.description}</p>}
            <p class="soft">
              {owner && <a href={profilePath(owner)}>{t('packs.by', { name: nameOf(owner) })}</a>}
              {' · '}
              {t('packs.people', { count: people.length })}
            </p>
          </div>
          <ul class="people">
            {people.map((account) => (
              <li key={account.id}>
                <div class="suggested">
                  <PersonLine account={account} />
                  <p class="soft small" dir="auto">
                    {plainText(account.note, 140)}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {people.length === 0 && <Nothing title={t('packs.empty')} text={t('packs.emptyText')} />}
        </div>
      </div>
    ),
  })
}
