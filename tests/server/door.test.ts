import { type IncomingHttpHeaders, request } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { networkOf, openThrottle } from '../../server/auth/throttle.ts'
import { type Look, openViews, VIEW_LIVES_MS } from '../../server/http/views.ts'
import type { BoardId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'
import type { InvitationListed, InvitationMade, Me, View } from '../../shared/protocol/api.ts'
import { cookieOf, type Somebody, startServer, type TestServer } from '../support/server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const GOOD = 'una clave larga y buena'
const amparo = { group: 'Grupo 2026', name: 'Amparo', email: 'Amparo@Uni.example ', password: GOOD }

const signIn = (server: TestServer, email: string, password: string): Promise<Response> =>
  server.with('').fetch('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
const signedIn = async (server: TestServer, email: string, password = GOOD): Promise<Somebody> => {
  const response = await signIn(server, email, password)
  expect(response.status).toBe(200)
  return server.with(cookieOf(response))
}

describe('a real group', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startServer({ data: true })
  })
  afterEach(() => server.stop())

  const begin = async (): Promise<Somebody> => {
    const nobody = server.with('')
    const response = await nobody.fetch('/api/first-run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(amparo),
    })
    expect(response.status).toBe(200)
    return server.with(cookieOf(response))
  }
  const invited = async (by: Somebody, body: object): Promise<string> => {
    const made = await by.ask<InvitationMade>('POST', '/api/invitations', body)
    expect(made.status).toBe(200)
    return made.body.path.split('/').at(-1) as string
  }
  const firm = (name: string, days = 7) => ({
    for: 'firm',
    name,
    role: 'mentor',
    until: server.clock.now() + days * DAY,
  })
  const accept = (token: string, email: string, name = 'Inés') =>
    server
      .with('')
      .ask<{ error: { code: string } }>('POST', `/api/invitations/${token}`, { name, email, password: GOOD })

  it('is begun once, by one person, also when two begin at the same time', async () => {
    const nobody = server.with('')
    expect((await nobody.ask('GET', '/api/door')).body).toMatchObject({ state: 'first-run', group: null })
    const both = await Promise.all([
      nobody.ask('POST', '/api/first-run', amparo),
      nobody.ask('POST', '/api/first-run', { ...amparo, email: 'otra@uni.example' }),
    ])
    expect(both.map((r) => r.status).sort()).toEqual([200, 409])
    expect((await nobody.ask('GET', '/api/door')).body).toMatchObject({ state: 'sign-in', group: 'Grupo 2026' })
    expect((await nobody.ask('POST', '/api/first-run', amparo)).status).toBe(409)
    expect(server.running.parts.records.people()).toHaveLength(1)
  })

  it('refuses short and common passwords, and unknown fields', async () => {
    const nobody = server.with('')
    for (const password of [
      'corta',
      '123456789012',
      'aaaaaaaaaaaaaaa',
      'contraseña123',
      '１２３４５６７８９０１２',
      amparo.email.trim(),
    ])
      expect((await nobody.ask('POST', '/api/first-run', { ...amparo, password })).status).toBe(400)
    expect((await nobody.ask('POST', '/api/first-run', { ...amparo, role: 'mentor' })).status).toBe(400)
  })

  it('lets a firm in by its link, once', async () => {
    const facilitator = await begin()
    const token = await invited(facilitator, firm('Mezclillas Altamira'))
    const nobody = server.with('')
    expect((await nobody.ask('GET', `/api/invitations/${token}`)).body).toMatchObject({
      group: 'Grupo 2026',
      for: 'firm',
      firm: 'Mezclillas Altamira',
      role: 'mentor',
    })
    const both = await Promise.all([accept(token, 'ines@altamira.example'), accept(token, 'eva@altamira.example')])
    expect(both.map((r) => r.status).sort()).toEqual([200, 410])
    expect((await accept(token, 'tercera@altamira.example')).body.error.code).toBe('invitation-used')
    expect((await nobody.ask('GET', `/api/invitations/${token}`)).status).toBe(410)
    const listed = await facilitator.ask<{ invitations: InvitationListed[] }>('GET', '/api/invitations')
    expect(listed.body.invitations.map((i) => i.state)).toEqual(['used'])
    expect(server.running.parts.records.firms().map((f) => f.name)).toEqual(['Mezclillas Altamira'])
  })

  it('takes a name that can be read, as it is read: it will stand in pictures and lists', async () => {
    const facilitator = await begin()
    const named = async (name: string): Promise<string | number> => {
      const token = await invited(facilitator, firm('Altamira'))
      const email = `p${token
        .slice(0, 8)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '0')}@a.example`
      const { status } = await accept(token, email, name)
      if (status !== 200) return status
      return (await (await signedIn(server, email)).ask<Me>('GET', '/api/me')).body.person.name
    }
    for (const [name, known] of [
      ['  Inés\u00a0 Robles\n', 'Inés Robles'],
      ['\u202eseboR sénI', 'seboR sénI'],
      ['I\u200bne\u0301s', 'Inés'],
      [`Zoe${'\u0336\u0489'.repeat(20)}`, 'Zoe\u0336\u0489'],
      ['\u3164\u2800\u200f', 400],
      ['██████', 400],
      ['x'.repeat(81), 400],
    ] as const)
      expect(await named(name)).toBe(known)
  })

  it('tells a link that is unknown, too late or withdrawn apart, and keeps only its hash', async () => {
    const facilitator = await begin()
    const late = await invited(facilitator, firm('Tarde', 1))
    const gone = await invited(facilitator, firm('Retirada', 60))
    const listed = await facilitator.ask<{ invitations: InvitationListed[] }>('GET', '/api/invitations')
    const id = listed.body.invitations.find((i) => i.name === 'Retirada')?.id
    expect((await facilitator.ask('DELETE', `/api/invitations/${id}`)).status).toBe(200)
    server.clock.pass(DAY)
    expect((await accept(late, 'a@a.example')).body.error.code).toBe('invitation-ended')
    expect((await accept(gone, 'a@a.example')).body.error.code).toBe('invitation-withdrawn')
    expect((await accept('x'.repeat(43), 'a@a.example')).body.error.code).toBe('invitation-unknown')
    expect((await accept('no', 'a@a.example')).body.error.code).toBe('invitation-unknown')
    const kept = JSON.stringify(server.running.store.db.prepare('SELECT * FROM invitations').all())
    expect(kept).not.toContain(late)
  })

  it('tells those who are here who came in, and in which circle: what they say has a name at once', async () => {
    const facilitator = await begin()
    await accept(await invited(facilitator, firm('Altamira')), 'ines@a.example')
    const ines = await signedIn(server, 'ines@a.example')
    const live = await ines.live()
    const me = async () => (await ines.ask<Me>('GET', '/api/me')).body
    let told = live.next('people.changed')
    await accept(await invited(facilitator, firm('Jacarí')), 'eva@j.example', 'Eva')
    await told
    const { firms, people } = await me()
    expect(people.map(({ name }) => name)).toContain('Eva')
    told = live.next('people.changed')
    const circle = { name: 'Mezclilla', firms: firms.map(({ id }) => id) }
    expect((await facilitator.ask('POST', '/api/circles', circle)).status).toBe(200)
    await told
    expect((await me()).circles).toMatchObject([circle])
    live.close()
  })

  it('lets only a firm’s admin invite colleagues, and only to that firm', async () => {
    const facilitator = await begin()
    await accept(await invited(facilitator, firm('Altamira')), 'ines@a.example')
    await accept(await invited(facilitator, firm('Jacarí')), 'eva@j.example', 'Eva')
    const ines = await signedIn(server, 'ines@a.example')
    const me = (await ines.ask<Me>('GET', '/api/me')).body
    const other = me.firms.find((f) => f.name === 'Jacarí')?.id
    const until = server.clock.now() + DAY
    const colleague = await invited(ines, { for: 'colleague', firm: me.person.firm, until })
    expect((await ines.ask('POST', '/api/invitations', { for: 'colleague', firm: other, until })).status).toBe(403)
    expect((await ines.ask('POST', '/api/invitations', firm('Amiga'))).status).toBe(403)
    expect((await accept(colleague, 'rogelio@a.example', 'Rogelio')).status).toBe(200)
    const rogelio = await signedIn(server, 'rogelio@a.example')
    const his = (await rogelio.ask<Me>('GET', '/api/me')).body.person
    expect(his).toMatchObject({ firm: me.person.firm, role: 'mentor', admin: false })
    expect((await rogelio.ask('POST', '/api/invitations', { for: 'colleague', firm: his.firm, until })).status).toBe(
      403,
    )
    expect((await rogelio.ask<{ invitations: unknown[] }>('GET', '/api/invitations')).body.invitations).toEqual([])
  })

  it('signs in by e-mail in any case, and says the same for a wrong password as for nobody', async () => {
    await begin()
    expect((await signIn(server, 'AMPARO@uni.example', GOOD)).status).toBe(200)
    const wrong = await signIn(server, 'amparo@uni.example', 'otra clave larga')
    const nobody = await signIn(server, 'nadie@uni.example', 'otra clave larga')
    expect([wrong.status, await wrong.text()]).toEqual([nobody.status, await nobody.text()])
  })

  it('pauses after five failures for that account, not for others', async () => {
    const facilitator = await begin()
    await accept(await invited(facilitator, firm('Altamira')), 'ines@a.example')
    for (let i = 0; i < 5; i++)
      expect((await signIn(server, 'amparo@uni.example', 'otra clave larga')).status).toBe(401)
    const paused = await signIn(server, 'amparo@uni.example', GOOD)
    expect(paused.status).toBe(429)
    expect(((await paused.json()) as { error: { params: { seconds: number } } }).error.params.seconds).toBeGreaterThan(
      0,
    )
    expect((await signIn(server, 'ines@a.example', GOOD)).status).toBe(200)
  })

  it('counts passwords that are tried all at once one by one', async () => {
    await begin()
    const tries = Array.from({ length: 20 }, () => signIn(server, 'amparo@uni.example', 'otra clave larga'))
    const answers = (await Promise.all(tries)).map(({ status }) => status)
    expect(answers.filter((status) => status === 401)).toHaveLength(5)
    expect(answers.filter((status) => status === 429)).toHaveLength(15)
  })

  it('ends a sign-in that is not used, sooner for the facilitator', async () => {
    const facilitator = await begin()
    await accept(await invited(facilitator, firm('Altamira')), 'ines@a.example')
    const ines = await signedIn(server, 'ines@a.example')
    server.clock.pass(2 * HOUR + 1)
    expect((await facilitator.ask('GET', '/api/me')).status).toBe(401)
    expect((await ines.ask('GET', '/api/me')).status).toBe(200)
    for (let i = 0; i < 27; i++) {
      server.clock.pass(11 * HOUR)
      expect((await ines.ask('GET', '/api/me')).status).toBe(200)
    }
    // However busy, two weeks are the end of it.
    for (let i = 0; i < 4; i++) server.clock.pass(11 * HOUR)
    expect((await ines.ask('GET', '/api/me')).status).toBe(401)
  })

  it('keeps five sign-ins of a person, lists them, and ends them one by one or together', async () => {
    const first = await begin()
    const more: Somebody[] = []
    for (let i = 0; i < 5; i++) {
      server.clock.pass(1000)
      more.push(await signedIn(server, 'amparo@uni.example'))
    }
    expect((await first.ask('GET', '/api/me')).status).toBe(401)
    const [one, two, three] = more as [Somebody, Somebody, Somebody]
    const listed = await one.ask<{ sessions: { id: string; own: boolean }[] }>('GET', '/api/sessions')
    expect(listed.body.sessions).toHaveLength(5)
    const own = (await two.ask<{ sessions: { id: string; own: boolean }[] }>('GET', '/api/sessions')).body.sessions
    await one.ask('DELETE', `/api/sessions/${own.find((s) => s.own)?.id}`)
    expect((await two.ask('GET', '/api/me')).status).toBe(401)
    const changed = await one.ask('POST', '/api/password', { current: GOOD, password: 'otra clave todavía mejor' })
    expect(changed.status).toBe(200)
    expect((await one.ask('GET', '/api/me')).status).toBe(200)
    expect((await three.ask('GET', '/api/me')).status).toBe(401)
    expect((await signIn(server, 'amparo@uni.example', GOOD)).status).toBe(401)
    const again = await signedIn(server, 'amparo@uni.example', 'otra clave todavía mejor')
    expect((await one.ask('DELETE', '/api/sessions')).status).toBe(200)
    expect((await again.ask('GET', '/api/me')).status).toBe(401)
    expect((await one.ask<{ sessions: unknown[] }>('GET', '/api/sessions')).body.sessions).toHaveLength(1)
  })

  it('has no door of the demo', async () => {
    for (const [method, path] of [
      ['GET', '/api/demo/people'],
      ['POST', '/api/demo/enter'],
    ] as const) {
      const body = method === 'POST' ? { person: 'tao' } : undefined
      const here = await server.with('').ask(method, path, body)
      const nowhere = await server.with('').ask(method, '/api/nothing/here', body)
      expect(here).toEqual(nowhere)
      expect(here.status).toBe(404)
    }
  })

  it('has a cookie that scripts do not read and other sites do not send', async () => {
    const response = await server.with('').fetch('/api/first-run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(amparo),
    })
    const cookie = response.headers.get('set-cookie') ?? ''
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
    expect(JSON.stringify(server.running.store.db.prepare('SELECT * FROM sessions').all())).not.toContain(
      cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';')),
    )
  })
})

describe('behind TLS', () => {
  it('the cookie is bound to its host and says Secure, and browsers are told to stay with https', async () => {
    const server = await startServer({ data: true, settings: { origin: 'https://puntada.example' } })
    try {
      const begin = (host: string, origin: string) =>
        raw(server, 'POST', '/api/first-run', { host, origin, 'content-type': 'application/json' }, amparo)
      const { status, headers } = await begin('puntada.example', 'https://puntada.example')
      expect(status).toBe(200)
      expect(headers['set-cookie']?.[0]).toMatch(/^__Host-puntada=[^;]+; .*Secure/)
      expect(headers['strict-transport-security']).toContain('max-age=31536000')
      expect((await begin('127.0.0.1', 'https://puntada.example')).status).toBe(421)
      expect((await begin('puntada.example', 'http://puntada.example')).status).toBe(403)
    } finally {
      await server.stop()
    }
  })
})

/** By hand, because `fetch` sets some headers itself. */
const raw = (
  server: TestServer,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<{ status: number; headers: IncomingHttpHeaders }> =>
  new Promise((resolve, reject) => {
    const req = request({ port: server.running.port, path, method, headers }, (res) => {
      res.resume()
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers }))
    })
    req.on('error', reject)
    req.end(body === undefined ? undefined : JSON.stringify(body))
  })

describe('passwords tried', () => {
  it('over many accounts from one address are slowed down there, and nowhere else', async () => {
    const throttle = openThrottle()
    const refused = { code: 'too-many-tries' }
    for (let i = 0; i < 49; i++) await throttle.tries(`p${i}@a.example`, '203.0.113.7')
    // Signing in to an account of one's own counts for nothing, and does not wipe the address clean.
    await throttle.tries('propia@a.example', '203.0.113.7')
    await throttle.succeeded('propia@a.example', '203.0.113.7')
    await throttle.tries('p49@a.example', '203.0.113.7')
    await expect(throttle.tries('nueva@a.example', '203.0.113.7')).rejects.toMatchObject(refused)
    await expect(throttle.tries('nueva@a.example', '::ffff:203.0.113.7')).rejects.toMatchObject(refused)
    await throttle.tries('nueva@a.example', '203.0.113.8')
  })

  it('from any address of an IPv6 network are tried from one', async () => {
    const throttle = openThrottle()
    for (let i = 1; i <= 5; i++) await throttle.tries('ines@a.example', `2001:db8:0:7::${i}`)
    for (const ip of ['2001:db8:0:7::6', '2001:DB8:0:7:ffff:1:2:3', '2001:db8:0000:0007:0:0:0:9'])
      await expect(throttle.tries('ines@a.example', ip)).rejects.toMatchObject({ code: 'too-many-tries' })
    await throttle.tries('ines@a.example', '2001:db8:0:8::1')
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
  })
})

describe('foreign pages', () => {
  let server: TestServer
  let tao: Somebody
  let origins: string[]
  beforeAll(async () => {
    server = await startServer()
    tao = await server.as('tao')
    const { port } = server.running
    const ours = [`127.0.0.1:${port}`, `localhost:${port}`]
    origins = [
      'null',
      'file://',
      'about:blank',
      'chrome-extension://abcdefghijklmnop',
      'https://evil.example',
      'http://evil.example',
      `http://evil.example:${port}`,
      ...ours.flatMap((host) => [
        `https://${host}`,
        `ws://${host}`,
        `http://${host}/`,
        `http://${host}/x`,
        `http://${host}.evil.example`,
        `http://evil.example/${host}`,
        `http://evil.example?${host}`,
        `http://evil.example#${host}`,
        `http://user@${host}`,
        `http://${host}@evil.example`,
        `HTTP://${host}`,
        `http://${host} http://evil.example`,
        ` http://${host}x`,
        `http://${host}0`,
        `//${host}`,
        host,
      ]),
      'http://127.0.0.1',
      'http://localhost',
      `http://127.0.0.1:${port + 1}`,
      `http://127.0.0.2:${port}`,
      `http://127.1:${port}`,
      `http://2130706433:${port}`,
      `http://0.0.0.0:${port}`,
      `http://LOCALHOST:${port}`,
      `http://localhost.:${port}`,
      `http://xn--lcalhost-5ta.example:${port}`,
      `http://lоcalhost:${port}`.normalize('NFKD').replace('о', 'o%CC'),
      `http://tao.evil.localhost:${port}`,
      `http://evil.localhost:${port}`,
      `http://[::]:${port}`,
    ]
  })
  afterAll(() => server.stop())

  it('are told apart from ours in forty ways and more, for what changes something', async () => {
    expect(origins.length).toBeGreaterThanOrEqual(40)
    for (const origin of origins) {
      const headers = { origin, 'content-type': 'application/json' }
      const response = await tao.fetch('/api/boards/blusa/lease', { method: 'POST', headers, body: '{}' })
      expect([origin, response.status]).toEqual([origin, 403])
    }
    expect((await tao.ask('POST', '/api/boards/blusa/lease', {})).status).toBe(200)
  })

  it('open no socket, of either kind', async () => {
    const door = (path: string, origin: string, more: object = {}): Promise<number> =>
      new Promise((resolve) => {
        const headers = { cookie: tao.cookie, origin, ...more }
        const socket = new WebSocket(`${server.address.replace('http', 'ws')}${path}`, { headers })
        socket.on('open', () => {
          socket.close()
          resolve(101)
        })
        socket.on('unexpected-response', (_req, res) => resolve(res.statusCode ?? 0))
        socket.on('error', () => resolve(0))
      })
    const paths = ['/sync/critique.blusa', '/live/?EIO=4&transport=websocket']
    for (const path of paths) {
      expect(await door(path, server.address)).toBe(101)
      for (const origin of origins) expect([path, origin, await door(path, origin)]).not.toContain(101)
      // A name of somebody else that points to this machine.
      for (const host of ['evil.example', `evil.example:${server.running.port}`, '127.0.0.1'])
        expect([path, host, await door(path, server.address, { host })]).not.toContain(101)
    }
    for (const path of ['/', '/api/me', '/sync', '/live/x', '/socket.io/?EIO=4&transport=websocket', '/v/x'])
      expect(await door(path, server.address)).not.toBe(101)
  })

  it('may link here, and read nothing', async () => {
    const { host } = new URL(server.address)
    const from = (headers: Record<string, string>) =>
      raw(server, 'GET', '/api/me', { host, cookie: tao.cookie, ...headers })
    expect((await from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status).toBe(200)
    const posted = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site', origin: server.address } }
    expect((await tao.fetch('/api/sign-out', posted)).status).toBe(403)
    expect((await tao.ask('GET', '/api/me')).status).toBe(200)
  })

  it('of a sister host, which can set a cookie here, do not choose who somebody is', async () => {
    const ines = await server.as('ines')
    for (const cookie of [`${tao.cookie}; ${ines.cookie}`, `${ines.cookie}; ${tao.cookie}`])
      expect((await server.with(cookie).ask('GET', '/api/me')).status).toBe(401)
  })

  it('cannot send a form', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const body = { method: 'POST', headers: { 'content-type': type }, body: '{"person":"ines"}' }
      expect((await tao.fetch('/api/demo/enter', body)).status).toBe(400)
    }
  })

  it('get the strict headers with everything', async () => {
    for (const path of ['/api/me', '/api/nothing', '/healthz', '/v/a/0/0_0']) {
      const { headers } = await tao.fetch(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cache-control')).toContain('no-store')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('a look', () => {
  it('is over at its time, also before anybody has swept', () => {
    let now = 1_000
    const views = openViews(() => instant(now))
    const look = { view: 'v1', session: 's1', until: instant(now + VIEW_LIVES_MS) } as Look
    views.add(look)
    now += VIEW_LIVES_MS - 1
    expect(views.find('v1', 's1')).toBe(look)
    expect(views.find('v1', 's2')).toBeNull()
    now += 1
    expect(views.find('v1', 's1')).toBeNull()
  })

  it.each(['tile', 'picture'])('that ends while a %s is being drawn ends without it', async (what) => {
    const server = await startServer()
    try {
      const tao = await server.as('tao')
      const { records, sessions, disk } = server.running.parts
      const sheet = records.sheetsOf('blusa' as BoardId)[0]?.id
      const { view } = (await tao.ask<View>('POST', `/api/sheets/${sheet}/views`)).body
      const path = what === 'tile' ? `/v/${view}/0/0_0` : '/api/boards/blusa/picture?w=480'
      expect((await tao.fetch(path)).status).toBe(200)
      const folderOf = disk.sheetFolder
      // The folder is asked for between the judgement and the drawing.
      Object.assign(disk, {
        sheetFolder(...of: Parameters<typeof folderOf>) {
          sessions.end(({ person }) => person === 'tao')
          return folderOf(...of)
        },
      })
      const drawn = await tao.fetch(path)
      expect(drawn.status).toBe(404)
      expect(await drawn.json()).toEqual({ error: { code: 'not-found' } })
    } finally {
      await server.stop()
    }
  })
})

describe('health', () => {
  it('gives its numbers to nobody behind a proxy, where everybody comes from this machine, but by the token', async () => {
    const token = 'a-token-of-twenty-and-more'
    for (const metricsToken of [null, token]) {
      const server = await startServer({ data: true, settings: { trustedProxies: ['127.0.0.1'], metricsToken } })
      const ask = async (headers: Record<string, string>): Promise<number> =>
        (await server.with('').fetch('/metrics', { headers })).status
      expect(await ask({})).toBe(404)
      expect(await ask({ 'x-forwarded-for': '127.0.0.1' })).toBe(404)
      expect(await ask({ authorization: `Bearer ${token}x` })).toBe(404)
      expect(await ask({ authorization: `Bearer ${token}` })).toBe(metricsToken === null ? 404 : 200)
      await server.stop()
    }
  })

  it('is told to anyone, with version and state; numbers only to this machine', async () => {
    const server = await startServer()
    try {
      const { status, body } = await server.with('').ask('GET', '/healthz')
      expect(status).toBe(200)
      expect(body).toMatchObject({ status: 'ready', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
      const metrics = await server.with('').fetch('/metrics')
      expect(await metrics.text()).toContain('puntada_rooms')
      // A page of another name that was made to point here.
      const { port } = server.running
      const under = (host: string) => raw(server, 'GET', '/metrics', { host })
      expect((await under(`rebound.example:${port}`)).status).toBe(404)
      expect((await under(`localhost:${port}`)).status).toBe(200)
    } finally {
      await server.stop()
    }
  })
})
