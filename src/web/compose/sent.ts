// Counts what was published from here, so that open threads look again.
import { signal } from '@preact/signals'

export const composed = signal(0)
