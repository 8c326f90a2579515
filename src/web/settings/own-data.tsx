// Taking one's lists along to another server, and bringing them from one.
import { useEffect, useState } from 'preact/hooks'
import type { ImportPreview, ListImport } from '../../contract/entities.ts'
import { fetchText, get, post } from '../api/http.ts'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { attempt, sure, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { ArchiveOfAll } from './archive.tsx'

const KINDS = ['follows', 'lists', 'mutes', 'blocks', 'domain_blocks', 'bookmarks'] as const
type Kind = (typeof KINDS)[number]

/** How often running imports are asked about. */
const LOOK_MS = 3000

/** The file is asked for with the client's own header, which a plain link would not send. */
async function save(kind: Kind): Promise<void> {
  const url = URL.createObjectURL(
    new Blob([await fetchText(`/api/v1/exports/${kind}`)], { type: 'text/csv' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `${kind}.csv`
  link.click()
  URL.revokeObjectURL(url)
}

function Exports() {
  return (
    <section aria-labelledby="exports">
      <h2 class="section-title" id="exports">
        {t('data.take')}
      </h2>
      <p class="soft settings-lead">{t('data.takeText')}</p>
      <ul class="rows">
        {KINDS.map((kind) => (
          <li key={kind}>
            <button class="row-link" type="button" onClick={() => void attempt(() => save(kind))}>
              <Icon name="down" />
              <strong>{t(`data.${kind}`)}</strong>
              <small class="soft">CSV</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useImports(): [ListImport[], () => void] {
  const [imports, setImports] = useState<ListImport[]>([])
  const load = (): void => void get<ListImport[]>('/api/v1/imports').then(setImports, () => undefined)
  useEffect(load, [])
  const running = imports.some((one) => one.finished_at === null)
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(load, LOOK_MS)
    return () => clearInterval(timer)
  }, [running])
  return [imports, load]
}

function Running({ one }: { one: ListImport }) {
  const title = t(`data.${one.kind as Kind}`)
  return (
    <li class="import">
      <span class="row-words">
        <strong>{title}</strong>
        <small class="soft">
          {one.finished_at === null
            ? t('data.running', { done: one.done, total: one.total })
            : t('data.finished', { date: fullMoment(one.finished_at), done: one.total - one.failed })}
          {one.removed > 0 && ` · ${t('data.removed', { count: one.removed })}`}
          {one.failed > 0 && ` · ${t('data.failed', { count: one.failed })}`}
        </small>
      </span>
      {one.finished_at === null && <progress value={one.done} max={one.total} aria-label={title} />}
    </li>
  )
}

/** Shows what would go before anything does. */
async function agrees(kind: Kind, text: string): Promise<boolean> {
  const { total, removes, examples } = await post<ImportPreview>('/api/v1/imports/preview', { kind, text })
  return sure(t('data.replaceSure', { total, removes, examples: examples.join(', ') }))
}

interface WishProps {
  kind: Kind
  onKind: (kind: Kind) => void
  mode: 'merge' | 'replace'
  onMode: (mode: 'merge' | 'replace') => void
}

function Wish({ kind, onKind, mode, onMode }: WishProps) {
  return (
    <>
      <label>
        {t('data.what')}
        <select class="field" value={kind} onChange={(event) => onKind(event.currentTarget.value as Kind)}>
          {KINDS.map((one) => (
            <option value={one} key={one}>
              {t(`data.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('data.mode')}
        <select
          class="field"
          value={mode}
          onChange={(event) => onMode(event.currentTarget.value === 'replace' ? 'replace' : 'merge')}
        >
          <option value="merge">{t('data.merge')}</option>
          <option value="replace">{t('data.replace')}</option>
        </select>
      </label>
    </>
  )
}

function Imports() {
  const [imports, reload] = useImports()
  const [kind, setKind] = useState<Kind>('follows')
  const [mode, setMode] = useState<'merge' | 'replace'>('merge')
  const [busy, setBusy] = useState(false)
  const bring = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? []
    if (!file) return
    setBusy(true)
    let begun = false
    const done = await attempt(async () => {
      const text = await file.text()
      begun = mode === 'merge' || (await agrees(kind, text))
      if (begun) await post<ListImport>('/api/v1/imports', { kind, text, mode })
    })
    setBusy(false)
    input.value = ''
    if (!done || !begun) return
    tell(t('data.started'))
    reload()
  }
  return (
    <section aria-labelledby="imports">
      <h2 class="section-title" id="imports">
        {t('data.bring')}
      </h2>
      <p class="soft settings-lead">{t('data.bringText')}</p>
      <div class="form">
        <Wish kind={kind} onKind={setKind} mode={mode} onMode={setMode} />
        <div class="picture-tools">
          <label class="button">
            <Icon name="plus" />
            {t('data.choose')}
            <input
              class="hidden-text"
              type="file"
              accept=".csv,text/csv,text/plain"
              aria-label={t('data.choose')}
              disabled={busy}
              onChange={(event) => void bring(event.currentTarget)}
            />
          </label>
        </div>
      </div>
      <ul class="rows">
        {imports.map((one) => (
          <Running one={one} key={one.id} />
        ))}
      </ul>
    </section>
  )
}

export function OwnData() {
  return (
    <>
      <ArchiveOfAll />
      <Exports />
      <Imports />
    </>
  )
}
