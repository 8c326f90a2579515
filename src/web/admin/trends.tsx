// What is about to become popular, for moderators to let through or keep away.
import type { AdminTag, AdminTrendsLink, AdminTrendsStatus } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { plainText } from '../public/plain-text.ts'
import { postPath } from '../post/post-extras.tsx'
import { number } from './chart.tsx'
import { Shown, useGet } from './load.tsx'
import { Doing, Lead, Section, Tag } from './parts.tsx'
import { Tabs } from './tabs.tsx'
import { Hashtags, Publishers } from './trend-lists.tsx'
import { a } from './words.ts'

interface Row {
  id: string
  name: string
  detail: string
  href: string
  undecided: boolean
}

function Rows({
  kind,
  of,
  rows,
}: {
  kind: string
  of: { reload: () => Promise<void> }
  rows: readonly Row[]
}) {
  const decide = (id: string, verb: string) => async (): Promise<void> => {
    await post(`/api/v1/admin/trends/${kind}/${id}/${verb}`)
    await of.reload()
  }
  if (rows.length === 0) return <p class="soft">{a('trends.none')}</p>
  return (
    <ul class="rows admin-trends">
      {rows.map((row) => (
        <li key={row.id}>
          <a class="row-link" href={row.href}>
            <span class="filter-words">
              <strong dir="auto">{row.name}</strong>
              <small class="soft" dir="auto">
                {row.detail}
              </small>
            </span>
            {row.undecided && <Tag>{a('trends.undecided')}</Tag>}
          </a>
          <div class="admin-deeds">
            <Doing label={a('trends.allow')} describe={row.name} run={decide(row.id, 'approve')} />
            <Doing label={a('trends.reject')} describe={row.name} run={decide(row.id, 'reject')} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function uses(history: AdminTag['history']): string {
  const people = history.slice(0, 2).reduce((sum, day) => sum + Number(day.accounts), 0)
  return a('trends.people', { count: people })
}

function state(trendable: boolean | null): string {
  return trendable === null ? '' : ` · ${a(trendable ? 'trends.isAllowed' : 'trends.isRejected')}`
}

function postRow(status: AdminTrendsStatus): Row {
  const count = number(status.favourites_count + status.reblogs_count)
  return {
    id: status.id,
    name: `@${status.account.acct}`,
    detail: `${plainText(status.content ?? '', 120)} · ${count}`,
    href: postPath(status),
    undecided: status.requires_review,
  }
}

const TABS = [
  { name: '', title: 'trends.now' },
  { name: 'publishers', title: 'trends.sites' },
  { name: 'tags', title: 'trends.all' },
] as const

export function Trends({ query }: { query: URLSearchParams }) {
  const asked = query.get('show') ?? ''
  return (
    <>
      <Tabs label="part.trends" path="/admin/trends" current={asked} tabs={TABS} />
      {asked === 'publishers' ? <Publishers /> : asked === 'tags' ? <Hashtags /> : <Candidates />}
    </>
  )
}

function Candidates() {
  const tags = useGet<AdminTag[]>('/api/v1/admin/trends/tags')
  const links = useGet<AdminTrendsLink[]>('/api/v1/admin/trends/links')
  const posts = useGet<AdminTrendsStatus[]>('/api/v1/admin/trends/statuses')
  return (
    <div class="admin-page">
      <Lead>{a('trends.lead')}</Lead>
      <Section title={a('trends.tags')}>
        <Shown of={tags}>
          {(list) => (
            <Rows
              kind="tags"
              of={tags}
              rows={list.map((tag) => ({
                id: tag.id,
                name: `#${tag.name}`,
                detail: `${uses(tag.history)}${state(tag.trendable)}`,
                href: `/tags/${encodeURIComponent(tag.name)}`,
                undecided: tag.trendable === null,
              }))}
            />
          )}
        </Shown>
      </Section>
      <Section title={a('trends.links')}>
        <Shown of={links}>
          {(list) => (
            <Rows
              kind="links"
              of={links}
              rows={list.map((link) => ({
                id: String(link.id),
                name: link.title || link.url,
                detail: `${link.provider_name || URL.parse(link.url)?.hostname || ''} · ${uses(link.history)}`,
                href: link.url,
                undecided: link.requires_review,
              }))}
            />
          )}
        </Shown>
      </Section>
      <Section title={a('trends.posts')}>
        <Shown of={posts}>{(list) => <Rows kind="statuses" of={posts} rows={list.map(postRow)} />}</Shown>
      </Section>
    </div>
  )
}
