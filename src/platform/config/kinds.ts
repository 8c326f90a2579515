// The kinds of value a setting may hold: each knows its schema and how to tell a person what to write.
import { z } from 'zod'
import { parseRange } from '../addresses.ts'

/** A kind of value: `schema` reads the written text, `write` ends the sentence "write ...". */
export interface Kind<T> {
  type: string
  write: string
  schema: z.ZodType<T, string>
}

/** A whole number between two bounds, times `unit` (for sizes written in megabytes or gigabytes). */
export const whole = (min: number, max: number, unit = 1): Kind<number> => ({
  type: 'whole number',
  write: `a whole number from ${min} to ${max}`,
  schema: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .transform((value) => value * unit),
})

/** One word of a closed list. */
export const oneOf = <const W extends readonly [string, ...string[]]>(...words: W): Kind<W[number]> => ({
  type: words.join(' | '),
  write: words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0],
  schema: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(words)),
})

/** A switch. */
export const onOff: Kind<boolean> = {
  type: 'on | off',
  write: 'on or off',
  schema: z.stringbool({ truthy: ['on', 'true', 'yes', '1'], falsy: ['off', 'false', 'no', '0'] }),
}

/** A line of free text. */
export const line = (maxLength: number): Kind<string> => ({
  type: 'text',
  write: `one line of at most ${maxLength} characters`,
  schema: z
    .string()
    .max(maxLength)
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
    .regex(/^[^\u0000-\u001f\u007f]*$/u),
})

/** A URL of one of the given schemes (written with their colon, `https:`). */
export const address = (example: string, ...schemes: string[]): Kind<string> => ({
  type: 'URL',
  write: `a URL such as ${example}`,
  schema: z.string().refine((text) => schemes.includes(urlOf(text)?.protocol ?? '')),
})

/** The server's own public address: scheme and host, nothing else; read as an origin without a trailing slash. */
export const ownOrigin: Kind<string> = {
  type: 'URL',
  write: 'the address people see, without a path, such as https://social.example',
  schema: z
    .string()
    .refine((text) => {
      const url = urlOf(text)
      if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false
      if (url.hostname.endsWith('.')) return false
      return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
    })
    .transform((text) => new URL(text).origin),
}

/** A list of IP addresses and CIDR ranges; `none` is the empty list. */
export const ranges: Kind<string[]> = {
  type: 'list of IPs and CIDR ranges',
  write: 'IP addresses or ranges such as 10.0.0.0/8, fd00::/8, separated by commas or spaces, or none',
  schema: z
    .string()
    .transform((text) => (text.toLowerCase() === 'none' ? [] : text.split(/[\s,]+/).filter(Boolean)))
    .refine((list) => list.length <= 200 && list.every((text) => parseRange(text) !== undefined)),
}

/** A mail address, bare. */
export const mailAddress: Kind<string> = {
  type: 'mail address',
  write: 'one mail address such as admin@social.example',
  schema: z.email().max(254),
}

/** A mail address as a From line carries it, with or without a name. */
export const mailbox: Kind<string> = {
  type: 'mail address',
  write: 'a mail address such as Folkmoot <no-reply@social.example>',
  schema: z
    .string()
    .max(320)
    .regex(/^(?:[^<>\r\n,;]*<[^<>@\s,;]+@[^<>@\s,;]+>|[^<>@\s,;]+@[^<>@\s,;]+)$/u),
}

/** A path in the file system. */
export const path: Kind<string> = {
  type: 'path',
  write: 'a path in the file system such as ./data',
  schema: z
    .string()
    .max(4096)
    .refine((text) => !text.includes('\0')),
}

/** Where the database is. */
export const database: Kind<string> = {
  type: 'sqlite:PATH | postgres://...',
  write: 'sqlite:./data/folkmoot.db or postgres://user:password@host/database',
  schema: z.string().refine((text) => {
    if (text.startsWith('sqlite:')) return text.length > 'sqlite:'.length && !text.includes('\0')
    return ['postgres:', 'postgresql:'].includes(urlOf(text)?.protocol ?? '')
  }),
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)
