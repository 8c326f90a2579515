// A hashtag as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { TagView } from '../../../model/tag.ts'
import type { Urls } from '../../../model/urls.ts'

const DAY_SECONDS = 86_400

/** `following` and `featuring` only for a user. */
export function writeTag(urls: Urls, { tag, history, following, featuring }: TagView): entity.Tag {
  return {
    id: String(tag.id),
    name: tag.display_name,
    url: urls.tag(tag.name),
    history: history.map(({ day, accounts, uses }) => ({
      day: String(day * DAY_SECONDS),
      accounts: String(accounts),
      uses: String(uses),
    })),
    ...(following === undefined ? {} : { following }),
    ...(featuring === undefined ? {} : { featuring }),
  }
}
