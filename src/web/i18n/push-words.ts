// What the service worker says, in each language; it has no room for the whole catalogue and its plural rules.

type Say = (name: string) => string

interface PushWords {
  titles: Record<string, Say>
  actions: Record<'like' | 'boost' | 'accept' | 'reject', string>
}

const en: PushWords = {
  titles: {
    mention: (name) => `${name} mentioned you`,
    status: (name) => `${name} posted`,
    reblog: (name) => `${name} boosted your post`,
    follow: (name) => `${name} follows you`,
    follow_request: (name) => `${name} asks to follow you`,
    favourite: (name) => `${name} favourited your post`,
    poll: () => 'A poll has ended',
    update: (name) => `${name} edited a post`,
    quote: (name) => `${name} quoted your post`,
    quoted_update: (name) => `${name} edited a post that you quoted`,
    severed_relationships: () => 'You lost connections with another server',
    moderation_warning: () => 'The moderators wrote to you',
    'admin.sign_up': (name) => `${name} signed up`,
    'admin.report': (name) => `${name} sent a report`,
  },
  actions: { like: 'Favourite', boost: 'Boost', accept: 'Accept', reject: 'Decline' },
}

const de: PushWords = {
  titles: {
    mention: (name) => `${name} hat dich erwähnt`,
    status: (name) => `${name} hat etwas geschrieben`,
    reblog: (name) => `${name} hat deinen Beitrag geteilt`,
    follow: (name) => `${name} folgt dir`,
    follow_request: (name) => `${name} möchte dir folgen`,
    favourite: (name) => `${name} gefällt dein Beitrag`,
    poll: () => 'Eine Umfrage ist zu Ende',
    update: (name) => `${name} hat einen Beitrag bearbeitet`,
    quote: (name) => `${name} hat deinen Beitrag zitiert`,
    quoted_update: (name) => `${name} hat einen Beitrag bearbeitet, den du zitiert hast`,
    severed_relationships: () => 'Du hast Verbindungen zu einem anderen Server verloren',
    moderation_warning: () => 'Die Moderation hat dir geschrieben',
    'admin.sign_up': (name) => `${name} hat sich angemeldet`,
    'admin.report': (name) => `${name} hat etwas gemeldet`,
  },
  actions: { like: 'Gefällt mir', boost: 'Teilen', accept: 'Annehmen', reject: 'Ablehnen' },
}

const LANGUAGES = { en, de }

/** The words of the language that is wanted, or English. */
export function pushWords(wanted: string): PushWords {
  return LANGUAGES[shortLanguage(wanted)]
}

export function shortLanguage(wanted: string): keyof typeof LANGUAGES {
  return wanted.toLowerCase().startsWith('de') ? 'de' : 'en'
}
