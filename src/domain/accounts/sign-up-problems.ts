// What may be wrong with somebody's wish to sign up, field by field.
import { Refusal } from '../../model/refusal.ts'
import { findByHandle } from '../../store/accounts.ts'
import { findUserByEmail } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from '../sign-in/password.ts'
import { emailVerdict } from '../moderation/email-blocks.ts'
import { checkEmail, checkUsername, isReserved, MAX_NAME } from './names.ts'

export type SignUpField = 'username' | 'email' | 'password' | 'agreement' | 'locale' | 'reason'

export type ProblemKind =
  | 'blank'
  | 'invalid'
  | 'taken'
  | 'reserved'
  | 'too-short'
  | 'too-long'
  | 'accepted'
  | 'inclusion'
  | 'blocked'

export interface FieldProblem {
  field: SignUpField
  kind: ProblemKind
  /** A sentence without the field's name, such as "is taken already". */
  text: string
}

export interface SignUpWish {
  username: string
  email: string
  password: string
  /** To the rules of the server. */
  agreement: boolean
  locale: string
  reason: string
}

/** A sign-up that was refused, with everything that is wrong with it. */
export class SignUpRefusal extends Refusal {
  readonly problems: readonly FieldProblem[]

  constructor(problems: readonly FieldProblem[]) {
    super('invalid', problems.map(({ field, text }) => `${LABELS[field]} ${text}`).join(', '))
    this.name = 'SignUpRefusal'
    this.problems = problems
  }
}

export const LABELS: Record<SignUpField, string> = {
  username: 'The name',
  email: 'The e-mail address',
  password: 'The password',
  agreement: 'The agreement to the rules',
  locale: 'The language',
  reason: 'The reason',
}

const MAX_REASON = 2000

/** Everything that is wrong, an empty list when nothing is. */
export async function findProblems(
  ctx: Context,
  wish: SignUpWish,
  needsReason: boolean,
): Promise<FieldProblem[]> {
  const problems = [...(await nameProblems(ctx, wish.username)), ...(await emailProblems(ctx, wish.email))]
  const add = (field: SignUpField, kind: ProblemKind, text: string): void =>
    void problems.push({ field, kind, text })
  const { password, reason, locale } = wish
  if (password === '') add('password', 'blank', 'is missing')
  else if (password.length < MIN_PASSWORD)
    add('password', 'too-short', `is too short: use at least ${MIN_PASSWORD} characters`)
  else if (password.length > MAX_PASSWORD)
    add('password', 'too-long', `is too long: use at most ${MAX_PASSWORD} characters`)
  else if ([wish.username, wish.email].some((text) => text.toLowerCase() === password.toLowerCase()))
    add('password', 'invalid', 'must not be the name or the e-mail address')
  if (!wish.agreement) add('agreement', 'accepted', 'must be given')
  if (locale === '') add('locale', 'blank', 'is missing')
  else if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,2}$/i.test(locale)) add('locale', 'inclusion', 'is not known')
  if (needsReason && reason.trim() === '') add('reason', 'blank', 'is missing')
  if (reason.length > MAX_REASON)
    add('reason', 'too-long', `is too long: use at most ${MAX_REASON} characters`)
  return problems
}

async function nameProblems(ctx: Context, name: string): Promise<FieldProblem[]> {
  const problem = (kind: ProblemKind, text: string): FieldProblem[] => [{ field: 'username', kind, text }]
  if (name.trim() === '') return problem('blank', 'is missing')
  if (name.length > MAX_NAME) return problem('too-long', `is too long: use at most ${MAX_NAME} characters`)
  if (isReserved(name)) return problem('reserved', 'is reserved')
  if (isRefused(() => checkUsername(name)))
    return problem('invalid', 'has only letters without accents, digits and underscores')
  if (await findByHandle(ctx.store.read, name, '')) return problem('taken', 'is taken already')
  return []
}

async function emailProblems(ctx: Context, email: string): Promise<FieldProblem[]> {
  const problem = (kind: ProblemKind, text: string): FieldProblem[] => [{ field: 'email', kind, text }]
  if (email.trim() === '') return problem('blank', 'is missing')
  if (isRefused(() => checkEmail(email))) return problem('invalid', 'is not well-formed')
  if (await findUserByEmail(ctx.store.read, checkEmail(email))) return problem('taken', 'is taken already')
  if ((await emailVerdict(ctx, email)) === 'blocked')
    return problem('blocked', 'cannot be used here: please take one from another provider')
  return []
}

function isRefused(check: () => unknown): boolean {
  try {
    check()
    return false
  } catch (error) {
    if (error instanceof Refusal) return true
    throw error
  }
}
