// Tries whether the mail server can be reached and accepts the login, without sending anything.
import { createTransport } from 'nodemailer'

/** Throws what the mail server, or the way to it, says. */
export async function checkMail(smtpUrl: string): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 8000,
    greetingTimeout: 8000,
    socketTimeout: 8000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}
