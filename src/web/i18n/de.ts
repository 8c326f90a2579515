// The German catalogue.
import { deApp } from './de-app.ts'
import { deClient } from './de-client.ts'
import { deCompose } from './de-compose.ts'
import { deMore } from './de-more.ts'
import { dePost } from './de-post.ts'
import { dePublic } from './de-public.ts'
import { deReading } from './de-reading.ts'
import type { Catalogue } from './words.ts'

<<<<<<< HEAD
export const german: Catalogue = {
  ...dePublic,
  ...dePost,
  ...deClient,
  ...deCompose,
  ...deMore,
  ...deReading,
}
=======
export const german: Catalogue = { ...dePublic, ...dePost, ...deClient, ...deCompose, ...deMore, ...deApp }
>>>>>>> b8fa23f (The client reads without a connection: a service worker keeps what was loaded, favourites wait, several accounts share a browser)
