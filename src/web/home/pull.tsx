// Pulling a timeline down at its top looks for new posts, as people know it from apps.
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'

const FAR = 70
const FARTHEST = 110

interface PullProps {
  onPull: () => Promise<void>
}

export function Pull({ onPull }: PullProps) {
  const [distance, setDistance] = useState(0)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let start: number | undefined
    let now = 0
    const move = (to: number): void => {
      now = to
      setDistance(to)
    }
    const begin = (event: TouchEvent): void => {
      const inside = event.target instanceof Element && event.target.closest('#content') !== null
      start = inside && scrollY <= 0 && event.touches.length === 1 ? event.touches[0]?.clientY : undefined
    }
    const drag = (event: TouchEvent): void => {
      if (start === undefined) return
      const far = (event.touches[0]?.clientY ?? start) - start
      move(scrollY > 0 ? 0 : Math.max(0, Math.min(FARTHEST, far / 2)))
    }
    const end = (): void => {
      const pulled = now >= FAR
      start = undefined
      move(0)
      if (!pulled) return
      setBusy(true)
      void onPull().finally(() => setBusy(false))
    }
    const options = { passive: true }
    addEventListener('touchstart', begin, options)
    addEventListener('touchmove', drag, options)
    addEventListener('touchend', end, options)
    addEventListener('touchcancel', end, options)
    return () => {
      removeEventListener('touchstart', begin)
      removeEventListener('touchmove', drag)
      removeEventListener('touchend', end)
      removeEventListener('touchcancel', end)
    }
  }, [onPull])
  const height = busy ? FAR : distance
  if (height === 0) return null
  return (
    <div class={busy ? 'pull busy' : 'pull'} style={{ height: `${height}px` }} aria-hidden="true">
      <Icon name="turn" />
      {t(busy ? 'feed.loading' : distance >= FAR ? 'feed.release' : 'feed.pull')}
    </div>
  )
}
