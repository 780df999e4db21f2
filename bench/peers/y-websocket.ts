import { createRequire } from 'node:module'

/**
 * The server of y-websocket 2.1.0 as it ships, `bin/server.cjs`: nothing persisted, nothing judged. Address by HOST and PORT. The
 * package keeps its server out of its exports, so it is taken by its path.
 */
const require = createRequire(import.meta.url)
require('../../node_modules/peer-y-websocket/bin/server.cjs')
