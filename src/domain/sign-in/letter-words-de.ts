// German words of the mails about an account.
import type { LetterWords } from './letter-shape.ts'

export const GERMAN_LETTERS: LetterWords = {
  notices: {
    'password-changed': {
      subject: 'dein Passwort wurde geändert',
      text: 'das Passwort deines Kontos wurde geändert. Alle anderen Sitzungen und Apps wurden abgemeldet.',
    },
    'address-changed': {
      subject: 'deine E-Mail-Adresse wurde geändert',
      text: 'dein Konto hat jetzt eine andere E-Mail-Adresse. Diese Mail ging an die alte.',
    },
    'two-factor-on': {
      subject: 'die Zwei-Faktor-Anmeldung ist an',
      text: 'ab jetzt braucht die Anmeldung bei deinem Konto neben dem Passwort einen Code aus deiner Authenticator-App.',
    },
    'two-factor-off': {
      subject: 'die Zwei-Faktor-Anmeldung ist aus',
      text: 'die Anmeldung bei deinem Konto braucht wieder nur das Passwort.',
    },
    'recovery-codes-renewed': {
      subject: 'neue Wiederherstellungscodes',
      text: 'dein Konto hat neue Wiederherstellungscodes; die alten gelten nicht mehr.',
    },
    'recovery-code-used': {
      subject: 'ein Wiederherstellungscode wurde benutzt',
      text: 'jemand hat sich mit einem deiner Wiederherstellungscodes bei deinem Konto angemeldet. Dieser Code gilt nicht mehr.',
    },
  },
  notYou: 'Warst du das nicht? Setz sofort ein neues Passwort:',
  confirmSignUp: {
    subject: 'bitte bestätige deine E-Mail-Adresse',
    text: ({ title, domain }) =>
      `willkommen bei ${title}! Um dein Konto auf ${domain} fertig anzulegen, öffne diese Seite und bestätige deine E-Mail-Adresse:`,
    after:
      'Der Link gilt einmal, zwei Tage lang. Wenn du kein Konto angelegt hast, tu nichts: Ohne dich geschieht nichts.',
  },
  confirmChange: {
    subject: 'bitte bestätige deine neue E-Mail-Adresse',
    text: ({ title }) =>
      `um diese Adresse ab jetzt für dein Konto bei ${title} zu benutzen, öffne diese Seite und bestätige sie:`,
    after:
      'Der Link gilt einmal, zwei Tage lang. Wenn du das nicht wolltest, tu nichts: Die alte Adresse bleibt.',
  },
  reset: {
    subject: 'ein neues Passwort setzen',
    text: 'jemand, hoffentlich du, hat um ein neues Passwort für dein Konto gebeten. Öffne diese Seite, um eines zu wählen:',
    after:
      'Der Link gilt einmal, zwei Stunden lang. Wenn du nicht darum gebeten hast, tu nichts: Dein Passwort bleibt, wie es ist.',
  },
  approved: {
    subject: (title) => `Willkommen bei ${title}`,
    text: (title) => `dein Konto bei ${title} wurde freigegeben. Du kannst dich jetzt anmelden:`,
  },
  rejected: {
    subject: (title) => `Deine Anfrage bei ${title}`,
    text: (title) => `deiner Bitte um ein Konto bei ${title} wurde nicht entsprochen.`,
  },
  hello: (username) => `Hallo ${username},`,
  strikes: {
    done: {
      none: {
        subject: 'eine Verwarnung der Moderation',
        text: 'die Moderation dieses Servers hat dich verwarnt. Sonst ist mit deinem Konto nichts geschehen.',
      },
      disable: {
        subject: 'dein Konto ist eingefroren',
        text: 'die Moderation dieses Servers hat dein Konto eingefroren: Du kannst es nicht benutzen, aber was du geschrieben hast, ist noch da.',
      },
      sensitive: {
        subject: 'deine Medien sind verdeckt',
        text: 'die Moderation dieses Servers hat entschieden, dass die Medien all deiner Beiträge verdeckt sind, bis jemand sie sehen will.',
      },
      silence: {
        subject: 'dein Konto ist eingeschränkt',
        text: 'die Moderation dieses Servers hat dein Konto eingeschränkt: Nur wer dir folgt, bekommt deine Beiträge gezeigt.',
      },
      suspend: {
        subject: 'dein Konto ist gesperrt',
        text: 'die Moderation dieses Servers hat dein Konto gesperrt: Du kannst es nicht benutzen, und niemand sieht, was du geschrieben hast. Es wird 30 Tage aufbewahrt und dann gelöscht.',
      },
      delete_statuses: {
        subject: 'Beiträge von dir wurden entfernt',
        text: 'die Moderation dieses Servers hat einige deiner Beiträge entfernt, weil sie gegen die Regeln verstoßen.',
      },
      mark_statuses_as_sensitive: {
        subject: 'Beiträge von dir sind verdeckt',
        text: 'die Moderation dieses Servers hat einige deiner Beiträge als heikel gekennzeichnet.',
      },
    },
    theyWrote: 'Dazu schreibt sie:',
    after:
      'Wenn du das für einen Irrtum hältst, kannst du die Moderation bitten, noch einmal hinzusehen (einmal, binnen 20 Tagen):',
    shutOutAfter:
      'Du kannst dich noch auf einer einzigen Seite anmelden: Dort kannst du (einmal, innerhalb von 20 Tagen) um einen zweiten Blick bitten und deine Listen mitnehmen:',
  },
}
