// Reading marks: how far somebody has read a timeline, on all of their devices.

export interface Marker {
  account_id: number
  timeline: string
  last_read_id: number
  version: number
  updated_at: number
}
