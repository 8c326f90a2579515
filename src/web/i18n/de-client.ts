// placeholder until translated
import { enClient } from './en-client.ts'
export const deClient: typeof enClient = enClient
