// The apps that people let use their accounts.

/** `redirect_uris` is a JSON list, `scopes` a list with spaces. */
export interface App {
  id: number
  client_id: string
  client_secret_hash: string
  name: string
  website: string | null
  redirect_uris: string
  scopes: string
  created_at: number
}
