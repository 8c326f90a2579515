// The JSON-LD contexts that ship with Folkmoot, so that canonicalising a document never touches the network.
import activitystreams from './activitystreams.json' with { type: 'json' }
import dataIntegrity from './data-integrity-v1.json' with { type: 'json' }
import identity from './identity-v1.json' with { type: 'json' }
import multikey from './multikey-v1.json' with { type: 'json' }
import security from './security-v1.json' with { type: 'json' }

/** Context documents by the URL under which peers refer to them; nothing else is ever loaded. */
export const bundledContexts: ReadonlyMap<string, object> = new Map<string, object>([
  ['https://www.w3.org/ns/activitystreams', activitystreams],
  ['https://w3id.org/security/v1', security],
  ['https://w3id.org/identity/v1', identity],
  ['https://w3id.org/security/data-integrity/v1', dataIntegrity],
  ['https://w3id.org/security/multikey/v1', multikey],
])
