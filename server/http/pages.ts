import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../refused.ts'
import { answer } from './errors.ts'

/** A year: a hashed name never means anything else. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Stands in the built page where each answer has a nonce of its own. */
const NONCE = '__NONCE__'
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+(\.(br|gz))?$/

/** Links to what only some pages need, as the build leaves them in the page: the words of a language, and what home or a board begins with. */
const AHEAD = /\s*<link [^>]*data-for="(es|en|board|home)"[^>]*>/g
const SPEAKS_ENGLISH = /(?:^|;\s*)language=en(?:;|$)/
/** What a page of this path begins with. */
const beginning = (path: string): 'home' | 'board' | null =>
  path === '/' ? 'home' : path.startsWith('/mesas/') ? 'board' : null

/** What is neither a page nor a picture that could be opened as one. */
const PART_OF_A_PAGE = /\.(js|css|woff2)(\.(br|gz))?$/
/** Headers that a browser heeds on a document alone. On each of thirty parts of a page they weigh half a kilobyte, and some parts are smaller. */
const OF_DOCUMENTS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'permissions-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]

/** Pages are routes of the client: anything that is no door of ours and has no file ending. */
const isPage = (path: string): boolean =>
  !/^\/(api|v|sync|live|assets|healthz|metrics)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path)

const contentPolicy = (nonce: string, socketOrigin: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob:`,
    `font-src 'self'`,
    `connect-src 'self' ${socketOrigin}`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `media-src 'self' blob:`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types app`,
  ].join('; ')

/** The built client: hashed files are kept by browsers, the page itself never is, and has a fresh nonce each time. */
export const servePages = async (
  app: FastifyInstance,
  needs: { readonly dist: string; readonly freshPages: boolean; readonly https: boolean },
): Promise<void> => {
  const { dist } = needs
  await app.register(fastifyStatic, {
    root: dist,
    prefix: '/',
    index: false,
    wildcard: true,
    cacheControl: false,
    preCompressed: true,
    decorateReply: false,
    dotfiles: 'deny',
    redirect: false,
    setHeaders(reply, path) {
      reply.header('cache-control', HASHED.test(path) ? FOR_EVER : 'no-store')
      reply.header('cross-origin-resource-policy', 'same-origin')
      if (PART_OF_A_PAGE.test(path)) for (const name of OF_DOCUMENTS) reply.removeHeader(name)
    },
  })
  let page: string | null = null
  /** Read once: the build does not change under a running server, unless somebody is at work on it. */
  const readPage = (): string | null => {
    if (page === null || needs.freshPages)
      try {
        page = readFileSync(join(dist, 'index.html'), 'utf8')
      } catch {
        return null
      }
    return page
  }
  /** A page that its parts come with: on 3G each of them that is found out later costs a journey more. */
  const sendPage = (request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply => {
    const { host, cookie } = request.headers
    const html = readPage()
    if (html === null) return answer(reply, new Refused('starting'))
    const language = SPEAKS_ENGLISH.test(cookie ?? '') ? 'en' : 'es'
    const nonce = randomBytes(16).toString('base64')
    const socket = `${needs.https ? 'wss' : 'ws'}://${host ?? ''}`
    return reply
      .code(200)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', contentPolicy(nonce, socket))
      .send(
        html
          .replace(AHEAD, (link, part) => (part === language || part === beginning(path) ? link : ''))
          .replaceAll(NONCE, nonce),
      )
  }
  app.get('/', (request, reply) => sendPage(request, reply, '/'))
  app.get('/index.html', (request, reply) => sendPage(request, reply, '/'))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if ((request.method === 'GET' || request.method === 'HEAD') && isPage(path)) return sendPage(request, reply, path)
    return answer(reply, new Refused('not-found'))
  })
}
