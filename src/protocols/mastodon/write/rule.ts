// A rule of this server as the client API shows it.
import type * as entity from '../../../contract/entities.ts'

export function writeRule(rule: { id: number; text: string; hint: string }): entity.Rule {
  return { id: String(rule.id), text: rule.text, hint: rule.hint, translations: {} }
}
