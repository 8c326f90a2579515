// Starts Folkmoot: installs what is missing, builds the web client when it changed, runs the server.
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { becomeNode, root } from './lib/pinned-node.mjs'
import { ensureWebBuilt } from './lib/web-build.mjs'

ensureInstalled({ development: false })
if (!ensureWebBuilt()) process.exit(1)
becomeNode(join(root, 'src', 'main.ts'), ['serve', ...process.argv.slice(2)])
