/**
 * Takes the network away from the converting process. Imported before anything else there, so that no library can have kept
 * hold of the real functions. The second wall after the namespace without network, and the only one where there is none.
 */
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

/** Not an arrow: some of what it stands for is called with `new`. */
function denied(): never {
  throw new Error('no network in the converter')
}
const deny = (owner: object, names: readonly string[]): void => {
  for (const name of names) Object.defineProperty(owner, name, { value: denied, writable: false, configurable: false })
}

deny(net, ['connect', 'createConnection', 'createServer'])
deny(net.Socket.prototype, ['connect'])
deny(net.Server.prototype, ['listen'])
deny(tls, ['connect', 'createServer'])
deny(http, ['request', 'get', 'createServer'])
deny(https, ['request', 'get', 'createServer'])
deny(http2, ['connect', 'createServer', 'createSecureServer'])
deny(dgram, ['createSocket'])
deny(dns, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse', 'lookupService'])
deny(dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse', 'lookupService'])
deny(childProcess, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
deny(globalThis, ['fetch', 'WebSocket', 'EventSource'])
syncBuiltinESMExports()
