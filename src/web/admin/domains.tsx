// Decisions about other servers: one by one, or many from a list that is shown before it is taken.
import { useState } from 'preact/hooks'
import type { AdminDomainBlock, AdminPolicyImport } from '../../contract/entities.ts'
import { call, get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, sure, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { More, Shown, usePages } from './load.tsx'
import { Check, Choice, Field, Lead, Tag, useForm } from './parts.tsx'
import { a, named } from './words.ts'

const SEVERITIES = ['noop', 'silence', 'suspend'] as const

interface FormProps {
  block: AdminDomainBlock | undefined
  domain: string
  onClose: () => void
  onDone: () => void
}

function DomainForm({ block, domain: asked, onClose, onDone }: FormProps) {
  const [domain, setDomain] = useState(block?.domain ?? asked)
  const [severity, setSeverity] = useState<(typeof SEVERITIES)[number]>(block?.severity ?? 'silence')
  const [media, setMedia] = useState(block?.reject_media ?? false)
  const [reports, setReports] = useState(block?.reject_reports ?? false)
  const [obfuscate, setObfuscate] = useState(block?.obfuscate ?? false)
  const [open, setOpen] = useState(block?.public_comment ?? '')
  const [inside, setInside] = useState(block?.private_comment ?? '')
  const { busy, submit } = useForm(async () => {
    const body = {
      domain,
      severity,
      reject_media: media,
      reject_reports: reports,
      obfuscate,
      public_comment: open,
      private_comment: inside,
    }
    if (block) await call('PUT', `/api/v1/admin/domain_blocks/${block.id}`, { body })
    else await post('/api/v1/admin/domain_blocks', body)
    tell(a('domain.saved'))
    onDone()
    onClose()
  })
  return (
    <Dialog label={a(block ? 'domain.edit' : 'domain.new')} onClose={onClose} titled small>
      <form class="form" onSubmit={submit}>
        <Field label={a('domain.name')} hint={a('domain.nameHint')}>
          <input
            class="field"
            dir="ltr"
            required
            disabled={block !== undefined}
            placeholder="example.net"
            value={domain}
            onInput={(event) => setDomain(event.currentTarget.value)}
          />
        </Field>
        <Choice
          legend={a('domain.severity')}
          name="severity"
          value={severity}
          set={setSeverity}
          options={SEVERITIES.map((value) => ({
            value,
            label: named('severity', value),
            hint: named('severity', `${value}Hint`),
          }))}
        />
        <Check label={a('domain.media')} hint={a('domain.mediaHint')} on={media} set={setMedia} />
        <Check label={a('domain.reports')} hint={a('domain.reportsHint')} on={reports} set={setReports} />
        <Check
          label={a('domain.obfuscate')}
          hint={a('domain.obfuscateHint')}
          on={obfuscate}
          set={setObfuscate}
        />
        <Field label={a('domain.public')} hint={a('domain.publicHint')}>
          <input class="field" value={open} onInput={(event) => setOpen(event.currentTarget.value)} />
        </Field>
        <Field label={a('domain.private')} hint={a('domain.privateHint')}>
          <input class="field" value={inside} onInput={(event) => setInside(event.currentTarget.value)} />
        </Field>
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={onClose}>
            {t('ui.cancel')}
          </button>
          <button class={severity === 'suspend' ? 'button danger' : 'button'} type="submit" disabled={busy}>
            {a('save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [csv, setCsv] = useState('')
  const [preview, setPreview] = useState<AdminPolicyImport | undefined>(undefined)
  const path = '/api/v1/admin/domain_policies/import'
  const { busy, submit } = useForm(async () => {
    if (!preview) setPreview(await post<AdminPolicyImport>(path, { csv }))
    else {
      const done = await post<AdminPolicyImport>(path, { csv, confirm: true })
      tell(a('import.done', { count: done.imported ?? 0 }))
      onDone()
      onClose()
    }
  })
  const take = (file: File | undefined): void => {
    setPreview(undefined)
    if (file) void attempt(async () => setCsv(await file.text()))
  }
  return (
    <Dialog label={a('import.title')} onClose={onClose} titled>
      <form class="form" onSubmit={submit}>
        <Lead>{a('import.text')}</Lead>
        <Field label={a('import.file')}>
          <input
            class="field"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => take(event.currentTarget.files?.[0])}
          />
        </Field>
        {preview && (
          <>
            <p>{a('import.preview', { count: preview.total, skipped: preview.skipped.length })}</p>
            <div class="chart-table tall" tabIndex={0} role="region" aria-label={a('import.title')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{a('domain.name')}</th>
                    <th scope="col">{a('import.before')}</th>
                    <th scope="col">{a('import.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {preview.entries.map((one) => (
                    <tr key={one.domain}>
                      <th scope="row" dir="ltr">
                        {one.domain}
                      </th>
                      <td>
                        {one.previous_severity === null ? '–' : named('severity', one.previous_severity)}
                      </td>
                      <td>{named('severity', one.severity)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {preview.skipped.length > 0 && (
              <ul class="admin-lines">
                {preview.skipped.slice(0, 20).map((one) => (
                  <li key={one.line}>{a('import.line', { line: one.line, reason: one.reason })}</li>
                ))}
              </ul>
            )}
          </>
        )}
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={onClose}>
            {t('ui.cancel')}
          </button>
          <button class="button" type="submit" disabled={busy || csv === ''}>
            {preview ? a('import.take', { count: preview.total }) : a('import.look')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

async function exportList(): Promise<void> {
  const { csv } = await get<{ csv: string }>('/api/v1/admin/domain_policies/export')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  link.download = 'domain-policies.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}

export function Domains({ query }: { query: URLSearchParams }) {
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
              <li key={block.id}>
                <button class="row-link" type="button" onClick={() => setEditing(block)}>
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
                    { label: a('domain.edit'), icon: 'pen', run: () => setEditing(block) },
                    { label: a('domain.remove'), icon: 'trash', run: () => void remove(block) },
                  ]}
                >
                  <Icon name="more" />
                </Menu>
              </li>
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
