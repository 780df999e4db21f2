import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request that changes something comes from a page of ours. A browser says where it comes from: `Sec-Fetch-Site`
 * cannot be set by pages, and `Origin` goes with every request but GET and HEAD. Both must fit, exactly. A request with
 * neither is no browser's: a script has no cookie but its own, so there is nobody to be tricked.
 */
export const comesFromUs = (headers: IncomingHttpHeaders, origins: ReadonlySet<string>): boolean => {
  const site = headers['sec-fetch-site']
  const origin = headers.origin
  if (site !== undefined && site !== 'same-origin') return false
  return origin === undefined || origins.has(origin)
}

/** For GET: pages of others may link to us, not read from us. Navigations and our own pages only. */
export const mayFetch = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate'
}

/** The host must be one of ours, so that no other name can be made to point here (DNS rebinding). */
export const isOurHost = (host: string | undefined, origins: ReadonlySet<string>): boolean => {
  if (host === undefined || !/^[a-z0-9.[\]:-]+$/i.test(host)) return false
  const name = host.toLowerCase()
  return origins.has(`http://${name}`) || origins.has(`https://${name}`)
}
