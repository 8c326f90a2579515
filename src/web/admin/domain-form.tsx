// What is decided about one server, each choice with a sentence on what it does.
import { useState } from 'preact/hooks'
import type { AdminDomainBlock } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { tell } from '../ui/feedback.tsx'
import { Check, Choice, Field, useForm } from './parts.tsx'
import { a, named } from './words.ts'

const SEVERITIES = ['noop', 'silence', 'suspend'] as const

interface Wish {
  domain: string
  severity: (typeof SEVERITIES)[number]
  reject_media: boolean
  reject_reports: boolean
  obfuscate: boolean
  public_comment: string
  private_comment: string
}

interface PartProps {
  wish: Wish
  change: (change: Partial<Wish>) => void
}

function Ticks({ wish, change }: PartProps) {
  const ticks = [
    ['reject_media', 'media'],
    ['reject_reports', 'reports'],
    ['obfuscate', 'obfuscate'],
  ] as const
  return (
    <>
      {ticks.map(([name, word]) => (
        <Check
          key={name}
          label={a(`domain.${word}`)}
          hint={a(`domain.${word}Hint`)}
          on={wish[name]}
          set={(on) => change({ [name]: on })}
        />
      ))}
    </>
  )
}

function Comments({ wish, change }: PartProps) {
  const comments = [
    ['public_comment', 'public'],
    ['private_comment', 'private'],
  ] as const
  return (
    <>
      {comments.map(([name, word]) => (
        <Field key={name} label={a(`domain.${word}`)} hint={a(`domain.${word}Hint`)}>
          <input
            class="field"
            value={wish[name]}
            onInput={(event) => change({ [name]: event.currentTarget.value })}
          />
        </Field>
      ))}
    </>
  )
}

function Cancel({ onClose }: { onClose: () => void }) {
  return (
    <button class="button quiet" type="button" onClick={onClose}>
      {t('ui.cancel')}
    </button>
  )
}

interface FormProps {
  block: AdminDomainBlock | undefined
  domain: string
  onClose: () => void
  onDone: () => void
}

export function DomainForm({ block, domain, onClose, onDone }: FormProps) {
  const [wish, setWish] = useState<Wish>({
    domain: block?.domain ?? domain,
    severity: block?.severity ?? 'silence',
    reject_media: block?.reject_media ?? false,
    reject_reports: block?.reject_reports ?? false,
    obfuscate: block?.obfuscate ?? false,
    public_comment: block?.public_comment ?? '',
    private_comment: block?.private_comment ?? '',
  })
  const change = (part: Partial<Wish>): void => setWish({ ...wish, ...part })
  const { busy, submit } = useForm(async () => {
    if (block) await call('PUT', `/api/v1/admin/domain_blocks/${block.id}`, { body: wish })
    else await post('/api/v1/admin/domain_blocks', wish)
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
            value={wish.domain}
            onInput={(event) => change({ domain: event.currentTarget.value })}
          />
        </Field>
        <Choice
          legend={a('domain.severity')}
          name="severity"
          value={wish.severity}
          set={(severity) => change({ severity })}
          options={SEVERITIES.map((value) => ({
            value,
            label: named('severity', value),
            hint: named('severity', `${value}Hint`),
          }))}
        />
        <Ticks wish={wish} change={change} />
        <Comments wish={wish} change={change} />
        <div class="dialog-row">
          <Cancel onClose={onClose} />
          <button
            class={wish.severity === 'suspend' ? 'button danger' : 'button'}
            type="submit"
            disabled={busy}
          >
            {a('save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
