import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { servePages } from '../../server/http/pages.ts'

/** A build in small: a page with links that are for one language or for boards, a script and a drawing. */
const PAGE = `<meta name="csp-nonce" content="__NONCE__" />
<link rel="modulepreload" href="/assets/es-AAAAAAAA.js" data-for="es">
<link rel="modulepreload" href="/assets/en-AAAAAAAA.js" data-for="en">
<link rel="modulepreload" href="/assets/BoardPage-AAAAAAAA.js" data-for="board">
<link rel="modulepreload" href="/assets/HomePage-AAAAAAAA.js" data-for="home">`

let dist: string
let app: FastifyInstance
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'puntada-pages-'))
  mkdirSync(join(dist, 'assets'))
  writeFileSync(join(dist, 'index.html'), PAGE)
  writeFileSync(join(dist, 'assets', 'index-AAAAAAAA.js'), '1')
  writeFileSync(join(dist, 'assets', 'icon-AAAAAAAA.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  app = Fastify()
  await app.register(helmet)
  await servePages(app, { dist, freshPages: false, https: false })
})
afterAll(async () => {
  await app.close()
  rmSync(dist, { recursive: true })
})

const ahead = async (url: string, cookie = ''): Promise<string[]> => {
  const { body } = await app.inject({ url, headers: { cookie } })
  return [...body.matchAll(/data-for="(\w+)"/g)].map(([, part]) => part as string)
}

it('a page comes with the words of its language, and home and a board with what they begin with', async () => {
  expect(await ahead('/')).toEqual(['es', 'home'])
  expect(await ahead('/', 'language=en')).toEqual(['en', 'home'])
  expect(await ahead('/grupo', 'a=b; language=en; c=d')).toEqual(['en'])
  expect(await ahead('/mesas/blusa?marca=tao_x7k2')).toEqual(['es', 'board'])
  // What is not one of ours is Spanish, as for anybody who has not said.
  expect(await ahead('/cuenta', 'xlanguage=en; language=english')).toEqual(['es'])
})

it('a page has its policy with a nonce of its own each time', async () => {
  const policies = await Promise.all(
    ['/', '/'].map(async (url) => String((await app.inject({ url })).headers['content-security-policy'])),
  )
  for (const policy of policies) expect(policy).toMatch(/default-src 'none'.*'nonce-[\w+/=]{24}'/)
  expect(policies[0]).not.toBe(policies[1])
})

it('a part of a page travels without what only documents heed; what could be opened as one keeps it', async () => {
  const script = await app.inject({ url: '/assets/index-AAAAAAAA.js' })
  expect(script.headers['content-security-policy']).toBeUndefined()
  expect(script.headers['x-content-type-options']).toBe('nosniff')
  expect(script.headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(script.headers['cache-control']).toContain('immutable')
  const drawing = await app.inject({ url: '/assets/icon-AAAAAAAA.svg' })
  expect(drawing.headers['content-security-policy']).toContain("default-src 'self'")
  expect(drawing.headers['x-frame-options']).toBeDefined()
})
