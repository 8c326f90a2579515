// The allow rule for addresses the server may call: globally routable unicast, and nothing else.
import { isIP } from 'node:net'
import { addressSet } from '../addresses.ts'

const notPublic4 = addressSet([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** Global unicast as IANA hands it out; mapped, compatible, NAT64, local and multicast addresses all lie outside it. */
const global6 = addressSet(['2000::/3'])

/** The parts of global unicast that lead elsewhere: protocol assignments with Teredo, documentation, 6to4. */
const notPublic6 = addressSet(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** True only for an address that belongs to the public internet; anything that is not an address is not public. */
export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !notPublic4.has(address)
    case 6:
      return global6.has(address) && !notPublic6.has(address)
    default:
      return false
  }
}
