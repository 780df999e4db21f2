import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { SYNC_PATH } from '../../shared/protocol/rooms.ts'
import { comesFromUs, isOurHost, mayFetch } from '../auth/origin.ts'
import { networkOf } from '../auth/throttle.ts'
import { LIVE_PATH } from '../live/hub.ts'
import { MEDIA_LIMITS } from '../media/limits.ts'
import type { Metrics } from '../observe.ts'
import { Refused } from '../refused.ts'
import { type Ask, authorise, type OpenAsk, type Route } from './ask.ts'
import { boardRoutes } from './boardRoutes.ts'
import { doorRoutes } from './doorRoutes.ts'
import { answer, asRefused } from './errors.ts'
import { groupRoutes } from './groupRoutes.ts'
import { homeRoutes } from './homeRoutes.ts'
import { servePages } from './pages.ts'
import type { Parts } from './parts.ts'
import { patternRoutes } from './patternRoutes.ts'
import { proposalRoutes } from './proposalRoutes.ts'
import { sheetRoutes } from './sheetRoutes.ts'
import { swatchRoutes } from './swatchRoutes.ts'

export type ServerState = 'starting' | 'ready' | 'draining'

export interface HttpNeeds {
  readonly parts: Parts
  readonly dist: string
  readonly freshPages: boolean
  readonly https: boolean
  readonly trustedProxies: readonly string[]
  readonly metrics: Metrics
  readonly metricsToken: string | null
  state(): ServerState
  /** More for `/healthz`: numbers and words, nothing about anybody. */
  health(): Readonly<Record<string, string | number | boolean>>
  syncUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  liveUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
}

const JSON_LIMIT = 64 * 1024
const DEFAULT_MOST = 600
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Names under which this machine knows itself. */
const THIS_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/** Takes as long wherever they differ. */
const isSame = (given: string, secret: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

/** Every route there is, in one table. */
export const routesOf = (parts: Parts): Route[] => [
  ...doorRoutes(parts),
  ...groupRoutes(parts),
  ...boardRoutes(parts),
  ...patternRoutes(parts),
  ...proposalRoutes(parts),
  ...homeRoutes(parts),
  ...sheetRoutes(parts),
  ...swatchRoutes(parts),
]

/** The one HTTP server: pages, JSON, pictures, uploads, and both socket doors. */
export const buildServer = async (needs: HttpNeeds): Promise<FastifyInstance> => {
  const { parts, metrics } = needs
  const app = Fastify({
    logger: false,
    trustProxy: needs.trustedProxies.length > 0 ? [...needs.trustedProxies] : false,
    bodyLimit: JSON_LIMIT,
    // 25 MB over a slow phone line take minutes; headers do not.
    requestTimeout: 600_000,
    keepAliveTimeout: 15_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  })
  app.server.headersTimeout = 20_000
  app.server.maxHeadersCount = 100

  app.setErrorHandler((error, _request, reply) => answer(reply, asRefused(error, parts.log)))

  await app.register(helmet, {
    // Pages bring their own policy with a nonce; whatever else leaves may do nothing at all in a browser.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: needs.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    reply.header(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), browsing-topics=()',
    )
    const path = request.url.split('?', 1)[0]
    if (path === '/healthz' || path === '/metrics') return
    if (!isOurHost(request.headers.host, parts.origins)) throw new Refused('foreign-host')
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (reads ? !mayFetch(request.headers) : !comesFromUs(request.headers, parts.origins))
      throw new Refused('foreign-origin')
    if (needs.state() !== 'ready') throw new Refused(needs.state() === 'starting' ? 'starting' : 'stopping')
  })
  app.addHook('onResponse', async (request, reply) => {
    metrics.answered(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000)
  })

  /** A sign-in's own count, so that firms behind one address do not use up each other's. */
  const whose = (request: FastifyRequest): string =>
    parts.sessions.find(parts.cookie.read(request.headers.cookie))?.id ?? networkOf(request.ip)
  await app.register(rateLimit, {
    global: false,
    hook: 'onRequest',
    keyGenerator: whose,
    errorResponseBuilder: (_request, context) => new Refused('rate', { seconds: Math.ceil(context.ttl / 1000) }),
  })
  await app.register(multipart, {
    limits: { fileSize: MEDIA_LIMITS.bytes + 1, files: 2, fields: 4, fieldSize: 1024, parts: 5, headerPairs: 50 },
    throwFileSizeLimit: false,
  })
  // Only what a route asks for is parsed at all.
  app.removeContentTypeParser('text/plain')

  for (const route of routesOf(parts)) {
    app.route({
      method: route.method,
      url: route.path,
      config: { rateLimit: { max: route.most ?? DEFAULT_MOST, timeWindow: 60_000 } },
      handler: async (request, reply) => {
        const open: OpenAsk = {
          now: parts.now(),
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string | undefined>,
          request,
          reply,
        }
        if (route.open) return send(await route.handle(open, request.body))
        const session = parts.sessions.find(parts.cookie.read(request.headers.cookie))
        const actor = session && parts.records.actor(session.person)
        if (!session || !actor) throw new Refused('signed-out')
        const ask: Ask = { ...open, actor, session }
        authorise(route.actions, ask, await route.load(ask, request.body))
        return send(await route.handle(ask, request.body))

        function send(value: unknown): unknown {
          return reply.sent || value === reply ? reply : value
        }
      },
    })
  }

  app.get('/healthz', (_request, reply) => {
    const status = needs.state()
    return reply.code(status === 'ready' ? 200 : 503).send({ status, version: parts.version, ...needs.health() })
  })
  app.get('/metrics', async (request, reply) => {
    const { authorization, host } = request.headers
    const known = needs.metricsToken !== null && isSame(authorization ?? '', `Bearer ${needs.metricsToken}`)
    // Behind a proxy every address is the proxy's: then the token is the only key. And a page whose name was made to point here
    // comes from this machine too, under that name.
    const near = needs.trustedProxies.length === 0 && LOOPBACK.test(request.socket.remoteAddress ?? '')
    if (!known && !(near && THIS_MACHINE.test(host ?? ''))) throw new Refused('not-found')
    return reply.type('text/plain; version=0.0.4').send(await metrics.text())
  })
  await servePages(app, needs)

  app.server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const path = (req.url ?? '').split('?', 1)[0] ?? ''
    const ready = needs.state() === 'ready' && isOurHost(req.headers.host, parts.origins)
    if (ready && path.startsWith(SYNC_PATH)) needs.syncUpgrade(req, socket, head)
    else if (ready && (path === LIVE_PATH || path === `${LIVE_PATH}/`)) needs.liveUpgrade(req, socket, head)
    else socket.destroy()
  })
  return app
}
