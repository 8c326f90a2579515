// The text of a post as readers get it: pictures inside it come from us, so that readers are seen by nobody else.
import { replacePictures } from './inline-pictures.ts'

/** How our own addresses look. */
export interface PictureUrls {
  media(key: string): string
  inlinePicture(postId: number, address: string): string
}

export function shownContent(urls: PictureUrls, postId: number, content: string): string {
  return replacePictures(content, (address) =>
    address.startsWith(urls.media('')) ? address : urls.inlinePicture(postId, address),
  )
}
