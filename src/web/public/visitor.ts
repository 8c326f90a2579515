// The little that JavaScript adds for visitors: local times, older posts in place, and remembering one's address.

const KEY = 'folkmoot-address'

function tellTimes(within: ParentNode): void {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'long',
    timeStyle: 'short',
  })
  for (const time of within.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    const moment = new Date(time.dateTime)
    if (Number.isNaN(moment.getTime())) continue
    const full = format.format(moment)
    if (time.closest('.post-facts, .event')) time.textContent = full
    else time.title = full
  }
}

/** Adds the posts of the page that the link leads to; whatever goes wrong, the link leads there. */
async function addOlder(link: HTMLAnchorElement, posts: Element): Promise<void> {
  const pager = link.closest('.pager')
  const answer = await fetch(link.href, { headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const found = [...(page.querySelector('.posts')?.children ?? [])]
  const [first] = found
  posts.append(...found)
  tellTimes(posts)
  const next = page.querySelector('.pager')
  if (next) pager?.replaceWith(next)
  else pager?.remove()
  // Who reads on with the keyboard or by ear goes on with the first new post.
  first?.querySelector<HTMLElement>('.post-when')?.focus({ preventScroll: true })
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[rel~="next"]') : null
  const posts = document.querySelector('.card .posts')
  if (!(link instanceof HTMLAnchorElement) || !posts) return
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  if (link.ariaBusy === 'true') return
  link.ariaBusy = 'true'
  addOlder(link, posts).catch(() => location.assign(link.href))
})

tellTimes(document)

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
