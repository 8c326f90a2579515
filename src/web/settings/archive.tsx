// Asking for an archive of everything one has here, watching it being made, and fetching it.
import { useEffect, useState } from 'preact/hooks'
import type { Archive } from '../../contract/entities.ts'
import { get, post } from '../api/http.ts'
import { fullDay, fullMoment } from '../i18n/moments.ts'
import { currentLanguage, t } from '../i18n/words.ts'
import { attempt, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

/** How often an archive that is being made is asked about. */
const LOOK_MS = 3000

/** "12.3 MB", in the largest unit that leaves a digit before the point. */
function sizeWords(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step)
}

function Shown({ archive }: { archive: Archive }) {
  if (archive.state === 'failed')
    return <p role="status">{t('archive.failed', { date: fullMoment(archive.created_at) })}</p>
  if (archive.state === 'making') {
    const words = t('archive.making', { done: archive.done, total: archive.total })
    return (
      <p class="import">
        <span class="row-words">{words}</span>
        <progress value={archive.done} max={Math.max(1, archive.total)} aria-label={t('archive.title')} />
      </p>
    )
  }
  return (
    <>
      <p class="soft small">
        {t('archive.ready', { date: fullMoment(archive.created_at), until: fullDay(archive.expires_at) })}
      </p>
      {archive.url !== null && (
        <a class="button primary" href={archive.url} download>
          <Icon name="down" />
          {t('archive.fetch', { size: sizeWords(archive.size) })}
        </a>
      )}
    </>
  )
}

export function ArchiveOfAll() {
  const [archive, setArchive] = useState<Archive>()
  const load = (): void =>
    void get<Archive[]>('/api/v1/archives').then(
      ([first]) => setArchive(first),
      () => undefined,
    )
  useEffect(load, [])
  const making = archive?.state === 'making'
  useEffect(() => {
    if (!making) return undefined
    const timer = setInterval(load, LOOK_MS)
    return () => clearInterval(timer)
  }, [making])
  const ask = async (): Promise<void> => {
    const fresh = await attempt(async () => setArchive(await post<Archive>('/api/v1/archives', {})))
    if (fresh) tell(t('archive.asked'))
  }
  return (
    <section aria-labelledby="archive">
      <h2 class="section-title" id="archive">
        {t('archive.title')}
      </h2>
      <p class="soft settings-lead">{t('archive.text')}</p>
      <div class="settings-lead">
        {archive && <Shown archive={archive} />}
        {(!archive || archive.state === 'failed') && (
          <button class="button" type="button" onClick={() => void ask()}>
            {t('archive.ask')}
          </button>
        )}
      </div>
    </section>
  )
}
