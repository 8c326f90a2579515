// placeholder until translated
import { enCompose } from './en-compose.ts'
export const deCompose: typeof enCompose = enCompose
