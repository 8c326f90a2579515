// Deutsch: Netze, Mail-Domains und Server, die draußen bleiben oder herein dürfen, Anbieter von Links und der Import von Listen.
import type { enGate } from './en-gate.ts'

export const deGate: Record<keyof typeof enGate, string> = {
  'import.taken': '{taken} von {count}',
}
