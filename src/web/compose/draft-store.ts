// Keeps drafts in this browser at every keystroke, so that nothing typed is ever lost, and apart from those of other tabs.
import { me } from '../api/session.ts'
import { aboutOf, emptyDraft, emptyPart } from './draft.ts'
import type { Draft } from './draft.ts'

export interface LocalDraft {
  draft: Draft
  at: number
  /** There is something here that the server does not have. */
  unsaved: boolean
}

/** A draft older than this is not offered again. */
const OLDEST_MS = 30 * 86_400_000
const OPEN = 'folkmoot-composing'

const prefix = (): string => `folkmoot-draft ${me.peek().id} `

function read(name: string): LocalDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as LocalDraft | null
    if (!kept?.draft || !Array.isArray(kept.draft.parts)) return undefined
    if (Date.now() - kept.at > OLDEST_MS) {
      localStorage.removeItem(name)
      return undefined
    }
    const parts = kept.draft.parts.map((part) => ({ ...emptyPart(), ...part }))
    return { ...kept, draft: { ...emptyDraft(), ...kept.draft, parts } }
  } catch {
    return undefined
  }
}

export function storeDraft(draft: Draft, unsaved = true): void {
  try {
    const kept: LocalDraft = { draft, at: Date.now(), unsaved }
    localStorage.setItem(prefix() + draft.uid, JSON.stringify(kept))
  } catch {
    // Storage may be full or off; the text is still on screen.
  }
}

export function storedDraft(uid: string): LocalDraft | undefined {
  return read(prefix() + uid)
}

export function forgetDraft(uid: string): void {
  try {
    localStorage.removeItem(prefix() + uid)
  } catch {
    // Then nothing was stored.
  }
}

/** The last written first. */
export function storedDrafts(): LocalDraft[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix()))
      .flatMap((name) => read(name) ?? [])
      .toSorted((a, b) => b.at - a.at)
  } catch {
    return []
  }
}

const lockName = (uid: string): string => `folkmoot-draft ${uid}`

/** Drafts that were open in this tab: what it holds itself is in nobody's way. */
const ours = new Set<string>()

/** Says to other tabs that this one is being written here, until the returned function is called. */
export function holdDraft(uid: string): () => void {
  let release = (): void => undefined
  ours.add(uid)
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  if ('locks' in navigator)
    void navigator.locks.request(lockName(uid), { ifAvailable: true }, () => held).catch(() => undefined)
  return release
}

/** The last draft about the same thing that no other tab has open. */
export async function draftToGoOn(about: string): Promise<LocalDraft | undefined> {
  const fitting = storedDrafts().filter((kept) => aboutOf(kept.draft) === about)
  if (fitting.length === 0 || !('locks' in navigator)) return fitting[0]
  const { held = [] } = await navigator.locks.query().catch(() => ({ held: [] }))
  const names = new Set(held.map((lock) => lock.name))
  return fitting.find(({ draft: { uid } }) => ours.has(uid) || !names.has(lockName(uid)))
}

/** Remembers in this tab that the composer is open: after a reload, or signing in again, it opens anew. */
export function noteOpen(uid: string | undefined): void {
  try {
    if (uid === undefined) sessionStorage.removeItem(OPEN)
    else sessionStorage.setItem(OPEN, `${me.peek().id} ${uid}`)
  } catch {
    // Then the draft waits to be opened by hand.
  }
}
