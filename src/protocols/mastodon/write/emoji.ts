// A custom emoji as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { CustomEmoji } from '../../../model/custom-emoji.ts'
import type { Urls } from '../../../model/urls.ts'

/** `forPicker` adds the category, which only the picker's list has. */
export function writeEmoji(urls: Urls, emoji: CustomEmoji, forPicker = false): entity.CustomEmoji {
  const through = urls.emojiImage(emoji.id, emoji.updated_at)
  const url = emoji.file_key === null ? through : urls.media(emoji.file_key)
  const still =
    emoji.static_key !== null
      ? urls.media(emoji.static_key)
      : emoji.file_key === null
        ? urls.stillImage(through)
        : url
  return {
    shortcode: emoji.shortcode,
    url,
    static_url: still,
    visible_in_picker: emoji.visible === 1,
    ...(forPicker && emoji.category !== null ? { category: emoji.category, featured: false } : {}),
  }
}
