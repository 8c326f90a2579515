// The words of the mails that people get when moderators did something about their account.

export interface StrikeWords {
  /** By what was done; `none` for a warning. */
  done: Record<string, { subject: string; text: string }>
  /** Stands before the moderators' own words. */
  theyWrote: string
  after: string
  shutOutAfter: string
}

export const STRIKE_WORDS: StrikeWords = {
  done: {
    none: {
      subject: 'a warning from the moderators',
      text: 'the moderators of this server have sent you a warning. Nothing else has happened to your account.',
    },
    disable: {
      subject: 'your account is frozen',
      text: 'the moderators of this server have frozen your account: you cannot use it, but what you wrote is still there.',
    },
    sensitive: {
      subject: 'your media are covered',
      text: 'the moderators of this server have decided that the media of all your posts are covered until somebody wants to see them.',
    },
    silence: {
      subject: 'your account is limited',
      text: 'the moderators of this server have limited your account: only those who follow you are shown your posts.',
    },
    suspend: {
      subject: 'your account is suspended',
      text: 'the moderators of this server have suspended your account: you cannot use it, and nobody sees what you wrote. It is kept for 30 days and then deleted.',
    },
    delete_statuses: {
      subject: 'posts of yours were removed',
      text: 'the moderators of this server have removed some of your posts, because they break the rules.',
    },
    mark_statuses_as_sensitive: {
      subject: 'posts of yours are covered',
      text: 'the moderators of this server have marked some of your posts as sensitive.',
    },
  },
  theyWrote: 'They wrote:',
  after:
    'If you think that this is a mistake, you can ask the moderators to look again (once, within 20 days):',
  shutOutAfter:
    'You can still sign in to a single page: there you can ask the moderators to look again (once, within 20 days), and take your lists along:',
}
