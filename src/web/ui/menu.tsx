// A button that opens a list of things to do.
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export interface MenuItem {
  label: string
  icon?: IconName
  /** A second line in smaller type. */
  hint?: string
  danger?: boolean
  checked?: boolean
  run: () => void
}

interface MenuProps {
  label: string
  /** Undefined items are left out; null draws a line. */
  items: readonly (MenuItem | null | undefined | false)[]
  children: ComponentChildren
  buttonClass?: string
  up?: boolean
  title?: string
  /** The key that opens it for the post one is at. */
  hotkey?: string
}

function move(list: HTMLElement | null, step: number): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const at = items.indexOf(document.activeElement as HTMLElement)
  items[(at + step + items.length) % items.length]?.focus()
}

function Items({ items, close }: { items: MenuProps['items']; close: () => void }) {
  return items.map((item, index) => {
    if (item === null) return <hr key={index} />
    if (!item) return null
    const role = item.checked === undefined ? 'menuitem' : 'menuitemradio'
    return (
      <button
        type="button"
        role={role}
        key={index}
        tabIndex={-1}
        class={item.danger === true ? 'menu-item danger' : 'menu-item'}
        {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
        onClick={() => {
          close()
          item.run()
        }}
      >
        {item.icon && <Icon name={item.icon} />}
        <span>
          {item.label}
          {item.hint !== undefined && <small>{item.hint}</small>}
        </span>
        {item.checked === true && <Icon name="check" />}
      </button>
    )
  })
}

export function Menu({
  label,
  items,
  children,
  buttonClass = 'icon-button',
  up = false,
  title,
  hotkey,
}: MenuProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const close = (): void => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  useLayoutEffect(() => {
    if (!open) return undefined
    move(list.current, 1)
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || root.current?.contains(event.target) !== true) setOpen(false)
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [open])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return
    if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (event.key === 'ArrowDown') move(list.current, 1)
    else if (event.key === 'ArrowUp') move(list.current, -1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        class={buttonClass}
        type="button"
        title={title ?? label}
        aria-haspopup="menu"
        data-hotkey={hotkey}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span class="hidden-text">{label}</span>
        {children}
      </button>
      {open && (
        <div class={up ? 'menu-list up' : 'menu-list'} role="menu" aria-label={label} ref={list}>
          <Items items={items} close={close} />
        </div>
      )}
    </div>
  )
}
