// German for the refusals that these pages show; `#` stands for a number, in the order of the English sentence.

const TRIED = 'Zu viele Versuche.'
const FIELDS = {
  'The name': 'Der Name',
  'The e-mail address': 'Die E-Mail-Adresse',
  'The password': 'Das Passwort',
  'The agreement to the rules': 'Die Zustimmung zu den Regeln',
  'The language': 'Die Sprache',
  'The reason': 'Die Begründung',
}
const PROBLEMS = {
  'is missing': 'fehlt',
  'is too short: use at least # characters': 'ist zu kurz: Nimm mindestens # Zeichen',
  'is too long: use at most # characters': 'ist zu lang: Nimm höchstens # Zeichen',
  'must not be the name or the e-mail address': 'darf nicht der Name oder die E-Mail-Adresse sein',
  'must be given': 'fehlt',
  'is not known': 'ist nicht bekannt',
  'is reserved': 'ist vergeben und kann nicht gewählt werden',
  'has only letters without accents, digits and underscores':
    'hat nur Buchstaben ohne Akzente und Umlaute, Ziffern und Unterstriche',
  'is taken already': 'ist schon vergeben',
  'is not well-formed': 'ist nicht richtig geschrieben',
  'cannot be used here: please take one from another provider':
    'geht hier nicht: Nimm bitte eine von einem anderen Anbieter',
}

const ofFields = Object.entries(FIELDS).flatMap(([field, german]) =>
  Object.entries(PROBLEMS).map(([problem, words]) => [`${field} ${problem}.`, `${german} ${words}.`]),
)

export const germanRefusals: Record<string, string> = {
  'Say why you think that it was a mistake': 'Sag, warum du es für einen Irrtum hältst.',
  'This text is too long: use at most # characters': 'Dieser Text ist zu lang: höchstens # Zeichen.',
  'This was more than # days ago: it cannot be appealed any more':
    'Das ist mehr als # Tage her: Einspruch ist nicht mehr möglich.',
  'You have appealed already': 'Du hast schon Einspruch eingelegt.',
  ...(Object.fromEntries(ofFields) as Record<string, string>),
  'Two-factor sign-in is on already': 'Die Zwei-Faktor-Anmeldung ist schon an.',
  'The code is wrong. Does the clock of your device go right?':
    'Der Code stimmt nicht. Geht die Uhr deines Geräts richtig?',
  'Two-factor sign-in was changed a moment ago. Start again.':
    'Die Zwei-Faktor-Anmeldung wurde gerade eben geändert. Fang noch einmal an.',
  'Two-factor sign-in is not on': 'Die Zwei-Faktor-Anmeldung ist nicht an.',
  'The code is wrong, too old, or was used already': 'Der Code ist falsch, zu alt, oder wurde schon benutzt.',
  'The name, e-mail address or password is wrong': 'Name, E-Mail-Adresse oder Passwort stimmen nicht.',
  'This account is disabled. Write to the people who run this server if you think that is a mistake.':
    'Dieses Konto ist gesperrt. Schreib den Leuten, die diesen Server betreiben, wenn du das für einen Irrtum hältst.',
  'Please confirm your e-mail address first: open the link in the message that we sent you.':
    'Bestätige bitte erst deine E-Mail-Adresse: Öffne den Link in der Mail, die wir dir geschickt haben.',
  'Your sign-up is waiting for approval. You will get an e-mail when it is decided.':
    'Deine Anfrage wartet auf die Freigabe. Du bekommst eine Mail, wenn sie entschieden ist.',
  'This link does not work any more: it was used already, replaced by a newer one, or is too old.':
    'Dieser Link gilt nicht mehr: Er wurde schon benutzt, durch einen neueren ersetzt, oder ist zu alt.',
  'This account does not exist any more': 'Dieses Konto gibt es nicht mehr.',
  'This link is about an address that is not wanted any more':
    'Dieser Link gehört zu einer Adresse, die nicht mehr gewünscht ist.',
  'Another account has this e-mail address now': 'Diese E-Mail-Adresse hat jetzt ein anderes Konto.',
  'This e-mail address cannot be used here: take one from another provider':
    'Diese E-Mail-Adresse geht hier nicht: Nimm eine von einem anderen Anbieter.',
  'An account with this e-mail address exists already': 'Ein Konto mit dieser E-Mail-Adresse gibt es schon.',
  'The current password is wrong': 'Das jetzige Passwort stimmt nicht.',
  'The password is too short: use at least # characters':
    'Das Passwort ist zu kurz: Nimm mindestens # Zeichen.',
  'The password is too long: use at most # characters': 'Das Passwort ist zu lang: Nimm höchstens # Zeichen.',
  'A username has only letters without accents, digits and underscores':
    'Ein Name hat nur Buchstaben ohne Akzente und Umlaute, Ziffern und Unterstriche.',
  'A username has at most # characters': 'Ein Name hat höchstens # Zeichen.',
  'The e-mail address is not well-formed': 'Die E-Mail-Adresse ist nicht richtig geschrieben.',
  'The e-mail address is too long': 'Die E-Mail-Adresse ist zu lang.',
  'This server takes new people only by invitation.': 'Auf diesen Server kommt man nur mit einer Einladung.',
  'This invitation was used up a moment ago': 'Diese Einladung wurde gerade eben aufgebraucht.',
  'Nobody can sign up from your network: write to the people who run this server.':
    'Aus deinem Netz kann sich niemand ein Konto anlegen: Schreib den Leuten, die diesen Server betreiben.',
  'This link does not work any more. Start the server anew to get another, or use the command line.':
    'Dieser Link gilt nicht mehr. Starte den Server neu, um einen anderen zu bekommen, oder nimm die Kommandozeile.',
  'An invitation works once up to # times': 'Eine Einladung gilt ein- bis #-mal.',
  'An invitation works for one day up to a year': 'Eine Einladung gilt einen Tag bis ein Jahr lang.',
  'On this server only moderators invite people': 'Auf diesem Server lädt nur die Moderation Leute ein.',
  'You have # invitations that still work: end one first':
    'Du hast # Einladungen, die noch gelten: Beende erst eine.',
  'There is no such invitation.': 'Diese Einladung gibt es nicht.',
  'This invitation does not work any more. Ask for a new one.':
    'Diese Einladung gilt nicht mehr. Bitte um eine neue.',
  'This form is out of date. Go back, reload the page and try again.':
    'Dieses Formular ist veraltet. Geh zurück, lade die Seite neu und versuch es noch einmal.',
  'Too many attempts. Wait a minute and try again.': `${TRIED} Warte eine Minute und versuch es dann noch einmal.`,
  'Too many attempts. Wait # minutes and try again.': `${TRIED} Warte # Minuten und versuch es dann noch einmal.`,
  'This app is not known here. Start signing in from the app again.':
    'Diese App ist hier nicht bekannt. Fang in der App noch einmal mit der Anmeldung an.',
  'The app asks to be called back at an address that it did not register. Start signing in from the app again.':
    'Die App will an eine Adresse zurückgerufen werden, die sie nicht angemeldet hat. Fang in der App noch einmal mit der Anmeldung an.',
  'That was faster than people type. Take a breath and send it once more.':
    'Das ging schneller, als Menschen tippen. Atme einmal durch und schick es noch einmal ab.',
  'This page lay open for a long time. Send it once more.':
    'Diese Seite lag lange offen. Schick es noch einmal ab.',
  'Say what is to change': 'Sag, was sich ändern soll.',
  'There are no such terms of service.': 'Diese Nutzungsbedingungen gibt es nicht.',
  'The authorization server does not support this response type.':
    'Die App verlangt eine Art von Antwort, die es hier nicht gibt.',
  'The requested scope is invalid, unknown, or malformed.':
    'Die App verlangt Rechte, die es hier nicht gibt oder die sie nicht angemeldet hat.',
  'The code challenge method must be S256.':
    'Die App sichert ihre Anmeldung auf eine Weise, die es hier nicht gibt.',
  'The resource owner or authorization server denied the request.': 'Die App wurde nicht hereingelassen.',
}

/** Refusals with a name in them. */
export const germanPatterns: readonly [RegExp, string][] = [
  [
    /^This form must be sent from (.+)\. Check the address that you opened\.$/,
    'Dieses Formular muss von $1 abgeschickt werden. Sieh nach, welche Adresse du geöffnet hast.',
  ],
  [/^The name (.+) is (?:taken|reserved)$/, 'Der Name $1 ist schon vergeben.'],
  [
    /^The name (.+) or the e-mail address was taken a moment ago$/,
    'Der Name $1 oder die E-Mail-Adresse wurde gerade eben vergeben.',
  ],
]
