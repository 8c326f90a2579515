// Custom emojis: small pictures with a name, ours or another server's.

/** `domain` is '' for ours; `shortcode` has no colons. */
export interface CustomEmoji {
  id: number
  domain: string
  shortcode: string
  uri: string | null
  remote_url: string | null
  file_key: string | null
  static_key: string | null
  category: string | null
  visible: number
  disabled: number
  created_at: number
  updated_at: number
}
