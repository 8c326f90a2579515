// A page of a public timeline, as visitors ask for it.
import type { Status } from '../../contract/entities.ts'
import type { PageRequest } from './page-request.ts'

export const PAGE_SIZE = 20

export async function loadFeed(request: PageRequest, path: string): Promise<Status[]> {
  const before = new URLSearchParams(request.query).get('max_id')
  const older = before !== null && /^\d+$/.test(before) ? `&max_id=${before}` : ''
  const join = path.includes('?') ? '&' : '?'
  const loaded = await request.load(`${path}${join}limit=${PAGE_SIZE}${older}`)
  return loaded.status === 200 ? (loaded.body as Status[]) : []
}
