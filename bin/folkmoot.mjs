#!/usr/bin/env node
// Starts the folkmoot command under the Node that the project pins, whatever Node the machine has.
import { join } from 'node:path'
import { ensureInstalled } from '../scripts/lib/install.mjs'
import { becomeNode, pinnedNode, root } from '../scripts/lib/pinned-node.mjs'

if (!pinnedNode()) ensureInstalled({ development: false })
becomeNode(join(root, 'src', 'main.ts'), process.argv.slice(2))
