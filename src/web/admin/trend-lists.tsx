// The publishers behind links, and every hashtag: what moderators decided about them, and what waits.
import type { AdminTag, AdminTrendsPreviewCardProvider } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { attempt } from '../ui/feedback.tsx'
import { More, Shown, usePages } from './load.tsx'
import { Check, Doing, Lead, Tag } from './parts.tsx'
import { a } from './words.ts'

function Verdict({ trendable }: { trendable: boolean | null }) {
  if (trendable === null) return <Tag>{a('trends.undecided')}</Tag>
  return (
    <Tag kind={trendable ? 'good' : 'bad'}>{a(trendable ? 'trends.isAllowed' : 'trends.isRejected')}</Tag>
  )
}

const SITES = '/api/v1/admin/trends/links/publishers'

export function Publishers() {
  const sites = usePages<AdminTrendsPreviewCardProvider>(SITES)
  const decide = (id: number, verb: string) => async (): Promise<void> => {
    await post(`${SITES}/${id}/${verb}`)
    await sites.reload()
  }
  return (
    <div class="admin-page">
      <Lead>{a('sites.lead')}</Lead>
      <Shown of={sites} empty={<h2>{a('sites.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((site) => (
              <li class="card" key={site.id}>
                <p class="admin-facts">
                  <strong dir="ltr">{site.domain}</strong>
                  <Verdict trendable={site.trendable} />
                </p>
                <div class="admin-deeds">
                  <Doing
                    label={a('trends.allow')}
                    describe={site.domain}
                    disabled={site.trendable === true}
                    run={decide(site.id, 'approve')}
                  />
                  <Doing
                    label={a('trends.reject')}
                    describe={site.domain}
                    disabled={site.trendable === false}
                    run={decide(site.id, 'reject')}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={sites} />
    </div>
  )
}

const TAGS = '/api/v1/admin/tags'
const FLAGS = ['trendable', 'listable', 'usable'] as const

function TagCard({ tag, changed }: { tag: AdminTag; changed: (tag: AdminTag) => void }) {
  return (
    <li class="card">
      <p class="admin-facts">
        <a href={`/tags/${encodeURIComponent(tag.name)}`} dir="auto">
          <strong>#{tag.name}</strong>
        </a>
        <Verdict trendable={tag.trendable} />
      </p>
      <fieldset class="admin-ticks">
        <legend class="hidden-text">#{tag.name}</legend>
        {FLAGS.map((name) => (
          <Check
            key={name}
            label={a(`tag.${name}`)}
            hint={a(`tag.${name}Hint`)}
            on={tag[name] !== false && (name !== 'trendable' || tag[name] === true)}
            set={(on) =>
              void attempt(async () =>
                changed(await call<AdminTag>('PUT', `${TAGS}/${tag.id}`, { body: { [name]: on } })),
              )
            }
          />
        ))}
      </fieldset>
    </li>
  )
}

export function Hashtags() {
  const tags = usePages<AdminTag>(`${TAGS}?limit=50`)
  const changed = (fresh: AdminTag): void =>
    tags.set((tags.value ?? []).map((tag) => (tag.id === fresh.id ? fresh : tag)))
  return (
    <div class="admin-page">
      <Lead>{a('tags.lead')}</Lead>
      <Shown of={tags} empty={<h2>{a('trends.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((tag) => (
              <TagCard key={tag.id} tag={tag} changed={changed} />
            ))}
          </ul>
        )}
      </Shown>
      <More of={tags} />
    </div>
  )
}
