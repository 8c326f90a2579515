// Writes one of our accounts as Person, Group, Organization, Service or Application.
import type { AccountKind } from '../../../model/account.ts'
import { present } from '../wire.ts'
import { writeEmoji } from './tags.ts'
import type { Document, OutgoingAccount, OutgoingPicture } from './types.ts'

const TYPES: Record<AccountKind, string> = {
  person: 'Person',
  group: 'Group',
  organization: 'Organization',
  service: 'Service',
  application: 'Application',
}
const RFC9421 = 'https://datatracker.ietf.org/doc/html/rfc9421'

/** The actor document, without context. `software` is name and address of this program. */
export function writeActor(account: OutgoingAccount, software: { name: string; url: string }): Document {
  return present({
    id: account.uri,
    type: TYPES[account.kind],
    'diaspora:guid': account.guid,
    preferredUsername: account.username,
    name: account.name === '' ? account.username : account.name,
    webfinger: `${account.username}@${account.domain}`,
    summary: account.note,
    url: account.url,
    inbox: account.inbox,
    outbox: account.outbox,
    followers: account.followers,
    following: account.following,
    featured: account.featured,
    featuredTags: account.featuredTags,
    endpoints: { sharedInbox: account.sharedInbox },
    published: new Date(account.publishedAt).toISOString(),
    manuallyApprovesFollowers: account.locked,
    discoverable: account.discoverable,
    indexable: account.indexable,
    memorial: account.memorial,
    suspended: account.suspended ? true : undefined,
    movedTo: account.movedTo,
    alsoKnownAs: account.alsoKnownAs,
    attributionDomains: account.attributionDomains,
    icon: account.avatar && writePicture(account.avatar),
    image: account.header && writePicture(account.header),
    attachment: account.fields.map((field) => ({
      type: 'PropertyValue',
      name: field.name,
      value: field.value,
    })),
    tag: account.emojis.map(writeEmoji),
    generator: {
      type: 'Application',
      name: software.name,
      url: software.url,
      implements: [{ href: RFC9421, name: 'RFC-9421: HTTP Message Signatures' }],
    },
    ...writeKeys(account),
  })
}

function writePicture(picture: OutgoingPicture): Document {
  return present({
    type: 'Image',
    mediaType: picture.mediaType,
    url: picture.url,
    name: picture.description === '' ? undefined : picture.description,
  })
}

/** The RSA key by which everybody checks our requests, and the Ed25519 key of our proofs (FEP-521a). */
function writeKeys(account: OutgoingAccount): Document {
  const rsa = account.keys.find((key) => key.kind === 'rsa')
  const proofs = account.keys.filter((key) => key.kind === 'ed25519')
  return present({
    publicKey: rsa && { id: rsa.keyId, owner: account.uri, publicKeyPem: rsa.publicKey },
    assertionMethod:
      proofs.length === 0
        ? undefined
        : proofs.map((key) => ({
            id: key.keyId,
            type: 'Multikey',
            controller: account.uri,
            publicKeyMultibase: key.publicKey,
          })),
  })
}
