// Muting somebody: for how long, and whether their notifications go too.
import type { Account } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'

const SPANS = [
  [0, 'mute.forever'],
  [3600, 'mute.hour'],
  [86_400, 'mute.day'],
  [7 * 86_400, 'mute.week'],
  [30 * 86_400, 'mute.month'],
] as const

interface Props {
  account: Account
  onMute: (wish: { duration: number; notifications: boolean }) => void
  onClose: () => void
}

export function MuteDialog({ account, onMute, onClose }: Props) {
  const send = (form: HTMLFormElement): void => {
    const data = new FormData(form)
    onMute({ duration: Number(data.get('duration')), notifications: data.has('notifications') })
    onClose()
  }
  return (
    <Dialog label={t('mute.title', { name: nameOf(account) })} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          send(event.currentTarget)
        }}
      >
        <p class="soft">{t('mute.text')}</p>
        <label>
          {t('mute.howLong')}
          <select class="field" name="duration">
            {SPANS.map(([seconds, name]) => (
              <option value={seconds} key={name}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" name="notifications" defaultChecked />
          {t('mute.notifications')}
        </label>
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={onClose}>
            {t('ui.cancel')}
          </button>
          <button class="button danger" type="submit">
            {t('profile.mute')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
