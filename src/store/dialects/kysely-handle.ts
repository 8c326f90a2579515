// Builds Kysely handles directly over a connection, without the pool and lock layers that our stores do not need.
import { DefaultQueryExecutor, Kysely, Transaction } from 'kysely'
import type {
  ConnectionProvider,
  DatabaseConnection,
  DialectAdapter,
  Driver,
  Dialect as KyselyDialect,
  QueryCompiler,
} from 'kysely'
import type { Tables } from '../schema.ts'

/** The parts of Kysely that belong to one engine; made once per store. */
export interface KyselyKit {
  compiler: QueryCompiler
  adapter: DialectAdapter
  dialect: KyselyDialect
}

const refuse = (): Promise<never> =>
  Promise.reject(
    new Error('transactions and connections belong to the store: use store.write and store.close'),
  )

/** Every way around `store.write` ends here. */
const noDriver: Driver = {
  init: async () => {},
  acquireConnection: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  releaseConnection: async () => {},
  destroy: refuse,
}

function propsOver(kit: KyselyKit, provider: ConnectionProvider) {
  const executor = new DefaultQueryExecutor(kit.compiler, kit.adapter, provider)
  return { config: { dialect: kit.dialect }, dialect: kit.dialect, driver: noDriver, executor }
}

/** A handle whose statements each take a connection from `provider`. */
export function readingHandle(kit: KyselyKit, provider: ConnectionProvider): Kysely<Tables> {
  return new Kysely<Tables>(propsOver(kit, provider))
}

/** A handle whose statements all run on `connection`, for as long as `check` does not throw. */
export function transactionHandle(
  kit: KyselyKit,
  connection: DatabaseConnection,
  check: () => void,
): Transaction<Tables> {
  const provider: ConnectionProvider = {
    provideConnection(consumer) {
      check()
      return consumer(connection)
    },
  }
  return new Transaction<Tables>(propsOver(kit, provider))
}
