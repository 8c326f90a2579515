// One picture that can be brought nearer: wheel, pinch, double press or + and -; moved by dragging; swiped to the next.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'

interface View {
  zoom: number
  x: number
  y: number
}

const WHOLE: View = { zoom: 1, x: 0, y: 0 }
const NEAREST = 6
/** A finger that went so far, in pixels, meant the next picture. */
const SWIPE = 60

interface Point {
  x: number
  y: number
}

function nearer(old: View, factor: number): View {
  const zoom = Math.max(1, Math.min(NEAREST, old.zoom * factor))
  if (zoom === 1) return WHOLE
  return { zoom, x: (old.x * zoom) / old.zoom, y: (old.y * zoom) / old.zoom }
}

function distance(points: readonly Point[]): number {
  const [one, other] = points
  return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0
}

interface Gestures {
  down: (event: PointerEvent) => void
  move: (event: PointerEvent) => void
  up: (event: PointerEvent) => void
}

/** One finger moves what is near and swipes what is whole; two fingers pinch. */
function useGestures(
  view: View,
  setView: (change: (old: View) => View) => void,
  onEnd: (by: Point) => void,
): Gestures {
  const fingers = useRef(new Map<number, Point>())
  const start = useRef<Point | undefined>(undefined)
  return {
    down(event) {
      const point = { x: event.clientX, y: event.clientY }
      fingers.current.set(event.pointerId, point)
      start.current = fingers.current.size === 1 ? point : undefined
    },
    move(event) {
      const old = fingers.current.get(event.pointerId)
      if (!old) return
      const before = distance([...fingers.current.values()])
      fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      const after = distance([...fingers.current.values()])
      if (fingers.current.size > 1 && before > 0) setView((was) => nearer(was, after / before))
      else if (view.zoom > 1)
        setView((was) => ({ ...was, x: was.x + event.clientX - old.x, y: was.y + event.clientY - old.y }))
    },
    up(event) {
      fingers.current.delete(event.pointerId)
      const from = start.current
      start.current = undefined
      if (from && view.zoom === 1) onEnd({ x: event.clientX - from.x, y: event.clientY - from.y })
    },
  }
}

interface ZoomProps {
  media: MediaAttachment
  onSwipe: (by: number) => void
  onClose: () => void
}

function useZoomKeys(setView: (change: (old: View) => View) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === '+' || event.key === '=') setView((old) => nearer(old, 1.4))
      else if (event.key === '-') setView((old) => nearer(old, 1 / 1.4))
      else if (event.key === '0') setView(() => WHOLE)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

export function ZoomPicture({ media, onSwipe, onClose }: ZoomProps) {
  const [view, setView] = useState<View>(WHOLE)
  const picture = useRef<HTMLImageElement>(null)
  const size = media.meta?.original
  const gestures = useGestures(view, setView, (by) => {
    const wide = Math.abs(by.x) > Math.abs(by.y) * 1.5
    const forward = document.documentElement.dir === 'rtl' ? 1 : -1
    if (wide && Math.abs(by.x) > SWIPE) onSwipe(Math.sign(by.x) * forward)
    else if (!wide && by.y > SWIPE * 1.5) onClose()
  })
  useZoomKeys(setView)
  useEffect(() => {
    // The content policy forbids style attributes; scripts may set the property.
    if (picture.current)
      picture.current.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`
  }, [view])
  return (
    <div
      class={view.zoom > 1 ? 'lightbox-picture zoomed' : 'lightbox-picture'}
      onWheel={(event) => {
        event.preventDefault()
        setView((old) => nearer(old, 1 - event.deltaY / 500))
      }}
      onPointerDown={gestures.down}
      onPointerMove={gestures.move}
      onPointerUp={gestures.up}
      onPointerCancel={gestures.up}
      onDblClick={() => setView((old) => (old.zoom > 1 ? WHOLE : nearer(old, 2.5)))}
    >
      <img
        ref={picture}
        src={media.url ?? media.preview_url ?? ''}
        alt={media.description || t('post.image')}
        draggable={false}
        {...(size?.width && size.height ? { width: size.width, height: size.height } : {})}
      />
    </div>
  )
}
