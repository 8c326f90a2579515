// A long list in the page of which only what is near the screen exists.
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'
import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core'
import type { VirtualItem, VirtualizerOptions } from '@tanstack/virtual-core'

interface VirtualListProps<T> {
  items: readonly T[]
  keyOf: (item: T) => string
  render: (item: T, index: number) => ComponentChildren
  /** Keeps measured heights while the list is away, so that it comes back where it was. */
  memory: string
  /** Where the page was scrolled to when it was left. */
  scroll: number
  label: string
  /** Called when the end comes near. */
  onEnd: () => void
  /** The key of an item to scroll to, once it is there. */
  goal?: string | undefined
  onGoal?: () => void
}

const ESTIMATE = 190
const OVERSCAN = 6
/** Rows before the end at which more is asked for. */
const NEAR_END = 8
/** The heading that stays in view covers so much of the top. */
const COVERED = 64
const MAX_MEMORIES = 20
const memories = new Map<string, VirtualItem[]>()

function remember(name: string, snapshot: VirtualItem[]): void {
  memories.delete(name)
  memories.set(name, snapshot)
  const oldest = memories.keys().next().value
  if (memories.size > MAX_MEMORIES && oldest !== undefined) memories.delete(oldest)
}

type WindowVirtualizer = Virtualizer<Window, HTMLElement>

function useVirtualizer<T>(
  props: VirtualListProps<T>,
  box: { current: HTMLElement | null },
): WindowVirtualizer {
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  const margin = useRef(0)
  const options: VirtualizerOptions<Window, HTMLElement> = {
    count: props.items.length,
    getScrollElement: () => window,
    estimateSize: () => ESTIMATE,
    getItemKey: (index: number) => {
      const item = props.items[index]
      return item === undefined ? index : props.keyOf(item)
    },
    overscan: OVERSCAN,
    scrollMargin: margin.current,
    scrollPaddingStart: COVERED,
    initialOffset: () => props.scroll,
    initialMeasurementsCache: memories.get(props.memory) ?? [],
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    measureElement,
    onChange: () => rerender(undefined),
  }
  const [virtualizer] = useState<WindowVirtualizer>(() => new Virtualizer<Window, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => {
    const stop = virtualizer._didMount()
    return () => {
      remember(props.memory, virtualizer.takeSnapshot())
      stop()
    }
  }, [])
  useLayoutEffect(() => {
    const top = box.current ? box.current.getBoundingClientRect().top + scrollY : 0
    if (Math.abs(top - margin.current) > 1) {
      margin.current = top
      rerender(undefined)
    }
    virtualizer._willUpdate()
  })
  return virtualizer
}

interface Seen {
  key: string
  start: number
}

/** Keeps what one reads where it is while rows come and go above it. */
function useAnchor<T>(props: VirtualListProps<T>, virtualizer: WindowVirtualizer): void {
  const seen = useRef<Seen[]>([])
  const keys = useRef<readonly string[]>([])
  useLayoutEffect(() => {
    const now = props.items.map(props.keyOf)
    const changed =
      now.length !== keys.current.length || now.some((key, index) => key !== keys.current[index])
    keys.current = now
    if (changed && scrollY > COVERED) {
      const places = new Map(now.map((key, index) => [key, index]))
      const anchor = seen.current.find(({ key }) => places.has(key))
      const row = anchor && virtualizer.measurementsCache[places.get(anchor.key) ?? -1]
      if (row && Math.abs(row.start - anchor.start) > 1) scrollBy(0, row.start - anchor.start)
    }
    const top = scrollY + COVERED
    seen.current = virtualizer
      .getVirtualItems()
      .filter((row) => row.end > top)
      .map((row) => ({ key: String(row.key), start: row.start }))
  })
}

function useGoal<T>(props: VirtualListProps<T>, virtualizer: WindowVirtualizer): void {
  useLayoutEffect(() => {
    if (props.goal === undefined) return
    const index = props.items.findIndex((item) => props.keyOf(item) === props.goal)
    if (index < 0) return
    virtualizer.scrollToIndex(index, { align: 'start' })
    props.onGoal?.()
  }, [props.goal, props.items])
}

export function VirtualList<T>(props: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer(props, box)
  useLayoutEffect(() => {
    scrollTo(0, props.scroll)
  }, [])
  useAnchor(props, virtualizer)
  useGoal(props, virtualizer)
  const shown = virtualizer.getVirtualItems()
  const last = shown.at(-1)?.index ?? -1
  const count = props.items.length
  useEffect(() => {
    if (last >= count - NEAR_END) props.onEnd()
  }, [last, count])
  return (
    <div
      class="feed"
      role="list"
      aria-label={props.label}
      ref={box}
      style={{ height: `${virtualizer.getTotalSize()}px` }}
    >
      {shown.map((row) => {
        const item = props.items[row.index]
        if (item === undefined) return null
        return (
          <div
            class="feed-row"
            role="listitem"
            key={row.key}
            data-index={row.index}
            ref={(node) => virtualizer.measureElement(node)}
            style={{ transform: `translateY(${row.start - virtualizer.options.scrollMargin}px)` }}
          >
            {props.render(item, row.index)}
          </div>
        )
      })}
    </div>
  )
}
