// The German catalogue.
import { deApp } from './de-app.ts'
import { deClient } from './de-client.ts'
import { deCompose } from './de-compose.ts'
import { deMore } from './de-more.ts'
import { deNews } from './de-news.ts'
import { deOwn } from './de-own.ts'
import { dePost } from './de-post.ts'
import { dePublic } from './de-public.ts'
import { deProgram } from './de-program.ts'
import { deReading } from './de-reading.ts'
import { deWriting } from './de-writing.ts'
import type { Catalogue } from './words.ts'

export const german: Catalogue = {
  ...dePublic,
  ...dePost,
  ...deClient,
  ...deCompose,
  ...deMore,
  ...deProgram,
  ...deReading,
  ...deApp,
  ...deNews,
  ...deOwn,
  ...deWriting,
}
