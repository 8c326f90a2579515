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
}

const ESTIMATE = 190
const OVERSCAN = 6
/** Rows before the end at which more is asked for. */
const NEAR_END = 8
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

export function VirtualList<T>(props: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer(props, box)
  useLayoutEffect(() => {
    scrollTo(0, props.scroll)
  }, [])
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
