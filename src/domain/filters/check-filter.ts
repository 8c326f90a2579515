// Says in clear words why a filter cannot be kept as it is.
import { FILTER_ACTIONS, FILTER_CONTEXTS } from '../../model/filter.ts'
import type { Filter, FilterAction, FilterContext } from '../../model/filter.ts'
import { Refusal } from '../../model/refusal.ts'
import { FILTER_LIMITS } from './limits.ts'

/** `expiresIn` in seconds; null: never ends; undefined: as it was. */
export interface FilterWish {
  title: string
  contexts: readonly string[]
  action: string
  expiresIn: number | null | undefined
}

function invalid(text: string): Refusal {
  return new Refusal('invalid', `Validation failed: ${text}`)
}

/** The parts of a filter as they may be stored, or a refusal. `old` is when it ends so far. */
export function checkFilter(
  wish: FilterWish,
  now: number,
  old: number | null = null,
): Pick<Filter, 'title' | 'contexts' | 'action' | 'expiresAt'> {
  const { title, action } = wish
  if (title.trim() === '') throw invalid("Title can't be blank")
  if (title.length > FILTER_LIMITS.title)
    throw invalid(`Title is too long (maximum is ${FILTER_LIMITS.title} characters)`)
  if (!FILTER_ACTIONS.includes(action as FilterAction))
    throw invalid(`Filter action must be one of ${FILTER_ACTIONS.join(', ')}`)
  const contexts = FILTER_CONTEXTS.filter((context) => wish.contexts.includes(context))
  if (contexts.length === 0) throw invalid("Context can't be blank")
  if (wish.contexts.some((context) => !FILTER_CONTEXTS.includes(context as FilterContext)))
    throw invalid('Context None or invalid context supplied')
  return { title, contexts, action: action as FilterAction, expiresAt: endOf(wish.expiresIn, now, old) }
}

function endOf(seconds: number | null | undefined, now: number, old: number | null): number | null {
  if (seconds === undefined) return old
  if (seconds === null) return null
  if (seconds < 0 || seconds > FILTER_LIMITS.seconds) throw invalid('Expires in is out of range')
  return now + seconds * 1000
}

export function checkKeyword(keyword: string): string {
  if (keyword.trim() === '') throw invalid("Keyword can't be blank")
  if (keyword.length > FILTER_LIMITS.keyword)
    throw invalid(`Keyword is too long (maximum is ${FILTER_LIMITS.keyword} characters)`)
  return keyword
}

/** Refuses more words than may be compared with every post that is read. */
export function checkRoom(filters: readonly Filter[], filterId: number, added: number): void {
  const count = (list: readonly Filter[]): number =>
    list.reduce((sum, filter) => sum + filter.keywords.length, added)
  if (count(filters.filter((filter) => filter.id === filterId)) > FILTER_LIMITS.keywords)
    throw invalid(`A filter can have at most ${FILTER_LIMITS.keywords} keywords`)
  if (count(filters) > FILTER_LIMITS.allKeywords)
    throw invalid(`Your filters can have at most ${FILTER_LIMITS.allKeywords} keywords together`)
}
