// Offers to tell of news while the page is closed: once there was something to tell, and never again after a no.
import { useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { canPush, startPush } from '../offline/push.ts'
import { tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

const DECLINED = 'folkmoot-push-declined'

function mayOffer(): boolean {
  try {
    return canPush() && Notification.permission === 'default' && localStorage.getItem(DECLINED) === null
  } catch {
    return false
  }
}

export function PushOffer() {
  const [open, setOpen] = useState(mayOffer)
  if (!open) return null
  const accept = async (): Promise<void> => {
    setOpen(false)
    const done = await startPush().catch(() => null)
    if (done) tell(t('push.isOn'))
    else tell(t(done === null ? 'push.failed' : 'push.denied'), { bad: true })
  }
  const decline = (): void => {
    localStorage.setItem(DECLINED, '1')
    setOpen(false)
  }
  return (
    <section class="offer" aria-label={t('push.title')}>
      <Icon name="bell" />
      <p>{t('push.offer')}</p>
      <div class="offer-deeds">
        <button class="button slim" type="button" onClick={() => void accept()}>
          {t('push.on')}
        </button>
        <button class="button quiet slim" type="button" onClick={decline}>
          {t('push.offerNo')}
        </button>
      </div>
    </section>
  )
}
