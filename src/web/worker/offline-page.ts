// The page that stands in for one that needs the connection.
import { shortLanguage } from '../i18n/push-words.ts'

const WORDS = {
  en: {
    title: 'You are offline',
    text: 'This page needs a connection. What you have read before is still at',
    home: 'home',
  },
  de: {
    title: 'Keine Verbindung',
    text: 'Diese Seite braucht eine Verbindung. Was du schon gelesen hast, findest du weiterhin auf der',
    home: 'Startseite',
  },
}

export function offlinePage(): Response {
  const language = shortLanguage(navigator.language)
  const { title, text, home } = WORDS[language]
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><h1>${title}</h1><p>${text} <a href="/home">${home}</a>.</p></body></html>`
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
  })
}
