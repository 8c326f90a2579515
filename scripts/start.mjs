// Starts Folkmoot: installs what is missing, builds what has changed, runs the server.
import { ensureWebBuilt, serverScript } from './lib/builds.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { becomeServer } from './lib/pinned-node.mjs'

ensureInstalled({ development: false })
if (!ensureWebBuilt()) process.exit(1)
becomeServer(serverScript(), ['serve', ...process.argv.slice(2)])
