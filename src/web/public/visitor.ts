// The little that JavaScript adds for visitors: local times, remembering one's address, and the way back into the client.

const KEY = 'folkmoot-address'

for (const time of document.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
  const moment = new Date(time.dateTime)
  if (Number.isNaN(moment.getTime())) continue
  const full = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(moment)
  if (time.closest('.post-facts, .event')) time.textContent = full
  else time.title = full
}

/** The address of people who come from other servers is asked for once. */
const address = document.querySelector<HTMLInputElement>('#address')
if (address) {
  try {
    address.value ||= localStorage.getItem(KEY) ?? ''
    address.form?.addEventListener('submit', () => localStorage.setItem(KEY, address.value))
  } catch {
    // Storage may be switched off; then it is asked for again.
  }
}
