import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refused } from '../refused.ts'
import { answer } from './errors.ts'

/** A year: a hashed name never means anything else. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Stands in the built page where each answer has a nonce of its own. */
const NONCE = '__NONCE__'
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+(\.(br|gz))?$/

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
  const sendPage = (reply: FastifyReply, host: string | undefined): FastifyReply => {
    const html = readPage()
    if (html === null) return answer(reply, new Refused('starting'))
    const nonce = randomBytes(16).toString('base64')
    const socket = `${needs.https ? 'wss' : 'ws'}://${host ?? ''}`
    return reply
      .code(200)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', contentPolicy(nonce, socket))
      .send(html.replaceAll(NONCE, nonce))
  }
  app.get('/', (request, reply) => sendPage(reply, request.headers.host))
  app.get('/index.html', (request, reply) => sendPage(reply, request.headers.host))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if ((request.method === 'GET' || request.method === 'HEAD') && isPage(path))
      return sendPage(reply, request.headers.host)
    return answer(reply, new Refused('not-found'))
  })
}
