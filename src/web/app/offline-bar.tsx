// The line that says that there is no connection, and what waits for one.
import { offline } from '../api/connection.ts'
import { t } from '../i18n/words.ts'
import { pending } from '../offline/pending.ts'
import { Icon } from '../ui/icon.tsx'

export function OfflineBar() {
  const waiting = pending.value.length
  return (
    <div class="offline-place" role="status">
      {offline.value && (
        <p class="offline-bar">
          <Icon name="cloud" />
          <span>
            {t('offline.now')} {waiting > 0 && t('offline.waiting', { count: waiting })}
          </span>
        </p>
      )}
    </div>
  )
}
