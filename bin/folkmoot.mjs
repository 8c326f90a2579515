#!/usr/bin/env node
// Starts the folkmoot command under the Node that the project pins, whatever Node the machine has.
import { serverScript } from '../scripts/lib/builds.mjs'
import { ensureInstalled } from '../scripts/lib/install.mjs'
import { becomeServer, pinnedNode } from '../scripts/lib/pinned-node.mjs'

if (!pinnedNode()) ensureInstalled({ development: false })
becomeServer(serverScript(), process.argv.slice(2))
