// German for the pages on which people sign up, sign in, let apps in and read the server's texts.

export const germanPages = {
  'Sign in': 'Anmelden',
  'Sign out': 'Abmelden',
  Name: 'Name',
  Password: 'Passwort',
  optional: 'freiwillig',
  Welcome: 'Willkommen',
  Continue: 'Weiter',
  'Go on': 'Weiter',
  'E-mail address': 'E-Mail-Adresse',
  'New password': 'Neues Passwort',
  'Privacy policy': 'Datenschutzerklärung',
  'Terms of service': 'Nutzungsbedingungen',
  'Your account lives on {domain}.': 'Dein Konto liegt auf {domain}.',
  'Name or e-mail address': 'Name oder E-Mail-Adresse',
  'Forgot your password?': 'Passwort vergessen?',
  'Create an account': 'Konto anlegen',
  'No mail to confirm your address?': 'Keine Mail zum Bestätigen deiner Adresse bekommen?',
  'That did not work': 'Das hat nicht geklappt',
  'Something went wrong': 'Etwas ist schiefgegangen',
  'The trouble is on our side and has been logged. Try again in a moment.':
    'Der Fehler liegt bei uns und ist aufgezeichnet. Versuch es gleich noch einmal.',
  'Go to the start page': 'Zur Startseite',
  'Welcome to your own server': 'Willkommen auf deinem eigenen Server',
  'Create the first account: it runs {domain}, and it is yours to post with as well.':
    'Leg das erste Konto an: Es verwaltet {domain}, und du kannst damit auch schreiben.',
  'Letters without accents, digits and _. Others will find you as name@{domain}.':
    'Buchstaben ohne Akzente und Umlaute, Ziffern und _. Andere finden dich als name@{domain}.',
  'At least {count} characters. Several words are easy to remember and hard to guess.':
    'Mindestens {count} Zeichen. Mehrere Wörter sind leicht zu merken und schwer zu erraten.',
  'Create the account': 'Konto anlegen',
  'It will live on {domain}; you can follow people everywhere in the Fediverse with it.':
    'Es liegt auf {domain}; du kannst damit Leuten überall im Fediverse folgen.',
  '@{name} invites you to {domain}.': '@{name} lädt dich auf {domain} ein.',
  'The people who run this server look at each request before they let somebody in.':
    'Wer diesen Server betreibt, sieht sich jede Anfrage an, bevor jemand hereinkommt.',
  'Ask for an account': 'Um ein Konto bitten',
  'You have an account? Sign in': 'Du hast ein Konto? Melde dich an',
  'We send a link there. Nobody else gets to see it.':
    'Dorthin schicken wir einen Link. Sonst bekommt sie niemand zu sehen.',
  'Why would you like to join?': 'Warum möchtest du mitmachen?',
  'Leave this empty': 'Lass das leer',
  Agreement: 'Zustimmung',
  'The rules here': 'Die Regeln hier',
  'I agree to the <rules>rules</rules> and the <privacy>privacy policy</privacy>.':
    'Ich stimme den <rules>Regeln</rules> und der <privacy>Datenschutzerklärung</privacy> zu.',
  'I agree to the <rules>rules</rules>, the <terms>terms of service</terms> and the <privacy>privacy policy</privacy>.':
    'Ich stimme den <rules>Regeln</rules>, den <terms>Nutzungsbedingungen</terms> und der <privacy>Datenschutzerklärung</privacy> zu.',
  'Something is missing or wrong below.': 'Unten fehlt etwas oder stimmt etwas nicht.',
  'Is this your address?': 'Ist das deine Adresse?',
  'Yes, confirm it': 'Ja, bestätigen',
  'Now the people who run this server look at your request. You get a mail as soon as it is decided.':
    'Nun sehen sich die Leute, die diesen Server betreiben, deine Anfrage an. Du bekommst eine Mail, sobald sie entschieden ist.',
  'You can go back to your app now, or start right here.':
    'Du kannst jetzt zurück in deine App, oder gleich hier anfangen.',
  Confirmed: 'Bestätigt',
  'Your e-mail address is confirmed': 'Deine E-Mail-Adresse ist bestätigt',
  'It may lie among unwanted mail. Otherwise tell us the address, and we send it again.':
    'Vielleicht liegt sie bei der unerwünschten Post. Sonst sag uns die Adresse, und wir schicken sie noch einmal.',
  'Send it again': 'Noch einmal schicken',
  'If an account waits for {email} to be confirmed, a mail is on its way.':
    'Wenn ein Konto darauf wartet, dass {email} bestätigt wird, ist eine Mail unterwegs.',
  'Confirm your e-mail address': 'Bestätige deine E-Mail-Adresse',
  'Waiting for approval': 'Warten auf die Freigabe',
  'Look into your mailbox': 'Sieh in dein Postfach',
  'We sent a mail to {email}. Open the link in it to confirm that the address is yours; then the people who run this server look at your request.':
    'Wir haben eine Mail an {email} geschickt. Öffne den Link darin und bestätige so, dass die Adresse dir gehört; dann sehen sich die Leute, die diesen Server betreiben, deine Anfrage an.',
  'We sent a mail to {email}. Open the link in it to confirm that the address is yours.':
    'Wir haben eine Mail an {email} geschickt. Öffne den Link darin und bestätige so, dass die Adresse dir gehört.',
  'Send the mail again': 'Mail noch einmal schicken',
  'Is the address wrong?': 'Stimmt die Adresse nicht?',
  'Change the address': 'Adresse ändern',
  'Your request is being looked at': 'Deine Anfrage wird angesehen',
  'Your e-mail address is confirmed. The people who run this server read each request themselves; as soon as yours is decided you get a mail to {email}.':
    'Deine E-Mail-Adresse ist bestätigt. Die Leute, die diesen Server betreiben, lesen jede Anfrage selbst; sobald deine entschieden ist, bekommst du eine Mail an {email}.',
  'The mail is on its way once more.': 'Die Mail ist noch einmal unterwegs.',
  'Forgotten password': 'Vergessenes Passwort',
  'Tell us the e-mail address of your account, and we send you a link for a new one.':
    'Sag uns die E-Mail-Adresse deines Kontos, und wir schicken dir einen Link für ein neues.',
  'Send the link': 'Link schicken',
  'Back to signing in': 'Zurück zur Anmeldung',
  'If somebody here has the address {email}, a mail with a link is on its way. The link works for two hours.':
    'Wenn hier jemand die Adresse {email} hat, ist eine Mail mit einem Link unterwegs. Der Link gilt zwei Stunden.',
  'Choose a new password': 'Wähle ein neues Passwort',
  'All browsers and apps that are signed in to your account will be signed out.':
    'Alle Browser und Apps, die bei deinem Konto angemeldet sind, werden abgemeldet.',
  'Set the password': 'Passwort setzen',
  'New password set': 'Neues Passwort gesetzt',
  'Your new password is set': 'Dein neues Passwort ist gesetzt',
  'Everything that was signed in to your account is signed out.':
    'Alles, was bei deinem Konto angemeldet war, ist abgemeldet.',
  'Enter your code': 'Gib deinen Code ein',
  'Open your authenticator app and type the six digits that it shows for {domain}.':
    'Öffne deine Authenticator-App und tippe die sechs Ziffern ein, die sie für {domain} zeigt.',
  'Lost your device? Type one of your recovery codes instead.':
    'Gerät verloren? Gib stattdessen einen deiner Wiederherstellungscodes ein.',
  Code: 'Code',
  'Start again': 'Von vorn anfangen',
  'The rules of {site}': 'Die Regeln von {site}',
  'The people who run this server have written no rules yet.':
    'Die Leute, die diesen Server betreiben, haben noch keine Regeln geschrieben.',
  'The people who run this server have not written a privacy policy yet. Ask them what they keep:':
    'Die Leute, die diesen Server betreiben, haben noch keine Datenschutzerklärung geschrieben. Frag sie, was sie aufbewahren:',
  'they are named on the page about this server.': 'Sie stehen auf der Seite über diesen Server.',
  'Last changed on {day}.': 'Zuletzt geändert am {day}.',
  'In force since {day}.': 'In Kraft seit {day}.',
  'In force from {day}.': 'In Kraft ab {day}.',
  'Replaced by those from {day}.': 'Ersetzt durch die vom {day}.',
  'Other versions': 'Andere Fassungen',
  'From {day}': 'Vom {day}',
  'Back to the app': 'Zurück zur App',
  'Let {app} in?': '{app} hereinlassen?',
  'Let {app} use your account?': 'Darf {app} dein Konto benutzen?',
  'You are signed in as {handle}.': 'Du bist angemeldet als {handle}.',
  '{app} will be able to:': '{app} darf dann:',
  'The app says it comes from {address}.': 'Die App sagt, sie komme von {address}.',
  'You can take this back at any time in your settings.':
    'Du kannst das jederzeit in deinen Einstellungen zurücknehmen.',
  'Let it in': 'Hereinlassen',
  'Do not': 'Lieber nicht',
  'You get a code to copy into the app.': 'Du bekommst einen Code, den du in die App überträgst.',
  'Afterwards you are led to {host}.': 'Danach geht es weiter zu {host}.',
  'Afterwards you are led back to the app on this device.':
    'Danach geht es zurück in die App auf diesem Gerät.',
  'Your code': 'Dein Code',
  'Copy this code into the app': 'Übertrage diesen Code in die App',
  'It works once, for ten minutes.': 'Er gilt einmal, zehn Minuten lang.',
}
