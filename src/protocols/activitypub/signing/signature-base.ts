// Builds the signature base of RFC 9421: the exact text that a message signature covers.
import { Refusal } from '../../../model/refusal.ts'
import type { RequestFields } from './request-fields.ts'
import { serializeComponent, serializeCoveredList } from './structured-fields.ts'
import type { Component, Parameter } from './types.ts'

const FIELD_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: ':80', https: ':443' }

/** The text to sign. Throws `Refusal` (unauthorized) for an absent, repeated or unsupported component. */
export function signatureBase(
  fields: RequestFields,
  components: readonly Component[],
  parameters: readonly Parameter[],
): string {
  const lines = new Map<string, string>()
  for (const component of components) {
    const identifier = serializeComponent(component)
    if (lines.has(identifier)) throw unusable(component.name, 'is covered twice')
    lines.set(identifier, componentValue(fields, component))
  }
  const text = [...lines].map(([identifier, value]) => `${identifier}: ${value}`)
  return [...text, `"@signature-params": ${serializeCoveredList(components, parameters)}`].join('\n')
}

function componentValue(fields: RequestFields, component: Component): string {
  const { name, parameters } = component
  if (name === '@query-param') return queryParameter(fields, component)
  if (parameters.length > 0) throw unusable(name, 'has parameters that are not supported')
  if (name.startsWith('@')) return derivedValue(fields, name)
  const values = FIELD_NAME.test(name) ? fields.values.get(name) : undefined
  if (!values) throw unusable(name, 'is absent')
  return values.join(', ')
}

function derivedValue(fields: RequestFields, name: string): string {
  switch (name) {
    case '@method':
      return fields.method
    case '@target-uri':
      return fields.url
    case '@authority':
      return normalAuthority(fields)
    case '@scheme':
      return fields.scheme
    case '@path':
      return fields.path
    case '@query':
      return fields.query || '?'
    case '@request-target':
      return fields.path + fields.query
    default:
      throw unusable(name, 'is not supported')
  }
}

function normalAuthority(fields: RequestFields): string {
  const authority = fields.authority.toLowerCase()
  const port = DEFAULT_PORTS[fields.scheme] ?? ''
  return port && authority.endsWith(port) ? authority.slice(0, -port.length) : authority
}

function queryParameter(fields: RequestFields, component: Component): string {
  const [parameter, ...others] = component.parameters
  if (parameter?.[0] !== 'name' || parameter[1].kind !== 'string' || others.length > 0) {
    throw unusable(component.name, 'needs exactly a name')
  }
  const wanted = parameter[1].value
  const found = [...new URLSearchParams(fields.query)].filter(([name]) => formEncode(name) === wanted)
  const [only] = found
  if (!only || found.length > 1) throw unusable(component.name, 'must occur exactly once')
  return formEncode(only[1])
}

function formEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function unusable(name: string, why: string): Refusal {
  return new Refusal('unauthorized', `The covered component ${name.slice(0, 64)} ${why}.`)
}
