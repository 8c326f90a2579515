// Says in a sentence why the database cannot be opened, and which setting to look at.

type Settings =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string }

/** An error for the operator, without the password that may stand in the address. */
export function databaseTrouble(database: Settings, error: unknown): Error {
  const reason = reasonOf(error)
  const text =
    database.engine === 'sqlite'
      ? `The database file ${database.file} cannot be opened (${reason}): name a place in FOLKMOOT_DATA or FOLKMOOT_DATABASE where this user may write.`
      : `PostgreSQL at ${placeOf(database.url)} cannot be used (${reason}): see that it runs, and that FOLKMOOT_DATABASE has the right name, password and database.`
  return new Error(text)
}

function placeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address in FOLKMOOT_DATABASE'
}

function reasonOf(error: unknown): string {
  // What fails on each of a name's addresses is told in parts.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
