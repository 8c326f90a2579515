// The pages on which people sign up, get in again, and look after their sign-in; all work without scripts.
import type { Hono } from 'hono'
import type { Api } from '../api.ts'
import { addConfirmationRoutes } from './confirmation-page.ts'
import { addEditRoutes } from './edit-page.ts'
import { addInviteRoutes } from './invite-page.ts'
import { addPasswordRoutes } from './password-pages.ts'
import { addSecondStepRoutes } from './second-step-page.ts'
import { addSecurityRoutes } from './security-page.ts'
import { addSetupRoutes } from './setup-page.ts'
import { addShutOutRoutes } from './shut-out-page.ts'
import { addSignUpRoutes } from './sign-up-page.ts'
import { addTextPages } from './text-pages.ts'
import { addTwoFactorRoutes } from './two-factor-page.ts'

const PAGES = [
  addSignUpRoutes,
  addSetupRoutes,
  addConfirmationRoutes,
  addPasswordRoutes,
  addEditRoutes,
  addSecondStepRoutes,
  addTwoFactorRoutes,
  addSecurityRoutes,
  addShutOutRoutes,
  addInviteRoutes,
  addTextPages,
]

export function addAccountPages(server: Hono, api: Api): void {
  for (const add of PAGES) add(server, api)
}
