// Decisions about other servers: one by one, or many from a list that is shown before it is taken.
import { useState } from 'preact/hooks'
import type { AdminDomainBlock } from '../../contract/entities.ts'
import { call, get } from '../api/http.ts'
import { attempt, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { AllowedDomains } from './allowed-domains.tsx'
import { DomainForm } from './domain-form.tsx'
import { ImportDialog } from './domain-import.tsx'
import { More, Shown, usePages } from './load.tsx'
import { Lead, Tag } from './parts.tsx'
import { Tabs } from './tabs.tsx'
import { a, named } from './words.ts'

async function exportList(): Promise<void> {
  const { csv } = await get<{ csv: string }>('/api/v1/admin/domain_policies/export')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  link.download = 'domain-policies.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}

function Row({ block, edit, remove }: { block: AdminDomainBlock; edit: () => void; remove: () => void }) {
  return (
    <li>
      <button class="row-link" type="button" onClick={edit}>
        <span class="filter-words">
          <strong dir="ltr">{block.domain}</strong>
          <small class="soft" dir="auto">
            {block.public_comment ?? block.private_comment ?? ''}
          </small>
        </span>
        <Tag kind={block.severity === 'noop' ? '' : 'bad'}>{named('severity', block.severity)}</Tag>
      </button>
      <Menu
        label={a('domain.menu', { name: block.domain })}
        items={[
          { label: a('domain.edit'), icon: 'pen', run: edit },
          { label: a('domain.remove'), icon: 'trash', run: remove },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  )
}

const TABS = [
  { name: '', title: 'domains.blocks' },
  { name: 'allowed', title: 'domains.allowed' },
] as const

export function Domains({ query }: { query: URLSearchParams }) {
  const current = query.get('show') === 'allowed' ? 'allowed' : ''
  return (
    <>
      <Tabs label="part.domains" path="/admin/domains" current={current} tabs={TABS} />
      {current === 'allowed' ? <AllowedDomains /> : <Decisions query={query} />}
    </>
  )
}

function Decisions({ query }: { query: URLSearchParams }) {
  const blocks = usePages<AdminDomainBlock>('/api/v1/admin/domain_blocks')
  const [editing, setEditing] = useState<AdminDomainBlock | 'new' | undefined>(
    query.has('q') ? 'new' : undefined,
  )
  const [importing, setImporting] = useState(false)
  const remove = async (block: AdminDomainBlock): Promise<void> => {
    if (!(await sure(a('domain.removeSure', { name: block.domain }), false))) return
    await attempt(async () => {
      await call('DELETE', `/api/v1/admin/domain_blocks/${block.id}`)
      await blocks.reload()
    })
  }
  return (
    <>
      <div class="admin-head">
        <Lead>{a('domains.lead')}</Lead>
        <div class="admin-deeds">
          <button class="button slim" type="button" onClick={() => setEditing('new')}>
            {a('domain.new')}
          </button>
          <button class="button slim quiet" type="button" onClick={() => setImporting(true)}>
            {a('import.open')}
          </button>
          <button class="button slim quiet" type="button" onClick={() => void attempt(exportList)}>
            {a('export')}
          </button>
        </div>
      </div>
      <Shown of={blocks} empty={<h2>{a('domains.none')}</h2>}>
        {(list) => (
          <ul class="rows">
            {list.map((block) => (
              <Row
                key={block.id}
                block={block}
                edit={() => setEditing(block)}
                remove={() => void remove(block)}
              />
            ))}
          </ul>
        )}
      </Shown>
      <More of={blocks} />
      {editing !== undefined && (
        <DomainForm
          block={editing === 'new' ? undefined : editing}
          domain={query.get('q') ?? ''}
          onClose={() => setEditing(undefined)}
          onDone={() => void blocks.reload()}
        />
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} onDone={() => void blocks.reload()} />}
    </>
  )
}
