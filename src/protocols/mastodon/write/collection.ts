// A collection of people as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { CollectionItem, CollectionView } from '../../../model/collection.ts'
import type { Urls } from '../../../model/urls.ts'
import { dateTime } from './time.ts'

export function writeCollectionItem(item: CollectionItem): entity.CollectionItem {
  return {
    id: String(item.id),
    state: item.state,
    created_at: dateTime(item.created_at),
    ...(item.state === 'accepted' ? { account_id: String(item.account_id) } : {}),
  }
}

export function writeCollection(urls: Urls, { collection, items }: CollectionView): entity.Collection {
  const address = `${urls.origin}/collections/${collection.id}`
  return {
    id: String(collection.id),
    uri: address,
    name: collection.name,
    description: collection.description,
    language: collection.language,
    account_id: String(collection.account_id),
    local: true,
    sensitive: collection.sensitive === 1,
    discoverable: collection.discoverable === 1,
    url: address,
    item_count: items.length,
    created_at: dateTime(collection.created_at),
    updated_at: dateTime(collection.updated_at),
    tag: collection.tag === null ? null : { name: collection.tag, url: urls.tag(collection.tag) },
    items: items.map(writeCollectionItem),
  }
}
