// Pictures, videos and sounds as they are kept.

/** `meta` is JSON text; of the keys and addresses only those are there which the file has. */
export interface MediaRow {
  id: number
  account_id: number
  post_id: number | null
  /** The post whose text shows it; such a picture is no attachment. */
  inline_of: number | null
  position: number
  kind: string
  state: string
  content_type: string | null
  bytes: number
  file_key: string | null
  preview_key: string | null
  remote_url: string | null
  remote_preview_url: string | null
  description: string | null
  blurhash: string | null
  meta: string
  created_at: number
  cached_at: number | null
  used_at: number | null
}
