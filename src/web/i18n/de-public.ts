// placeholder until translated
import { enPublic } from './en-public.ts'
export const dePublic: typeof enPublic = enPublic
