// The secret behind the addresses under which other servers' media are shown, made once per server.
import { newSecret } from '../../lib/secret.ts'
import { readSetting, settleSetting } from '../../store/settings.ts'
import type { Store } from '../ports.ts'

const SETTING = 'media.seal_key'

export async function mediaSealKey(store: Store): Promise<string> {
  const known = await readSetting(store.read, SETTING)
  return known ?? store.write((tx) => settleSetting(tx, SETTING, newSecret()))
}
