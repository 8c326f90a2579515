// What every screen is given.
import type { ComponentType } from 'preact'
import type { Place } from './router.ts'

export interface ScreenProps {
  place: Place
  /** The parts of the path that the pattern names. */
  params: Record<string, string>
}

export type ScreenComponent = ComponentType<ScreenProps>
