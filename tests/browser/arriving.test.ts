import { describe, expect, it } from 'vitest'
import { openHouse, patiently, table } from '../support/house.ts'

const house = openHouse()
const BOARD = 'pantalon'

describe('a page on its way', () => {
  it('asks who one is and for the board before it has its words, and each of them once', async () => {
    const { page, context } = await house.sit({ person: 'tao' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    let bring = (): void => {}
    const held = new Promise<void>((resolve) => {
      bring = resolve
    })
    await page.route('**/assets/es-*.js', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`/mesas/${BOARD}`, { waitUntil: 'commit' })
    await patiently(() => asked.includes('/api/me')).toBe(true)
    bring()
    await table(page)
    const once = ['/api/me', `/api/boards/${BOARD}`]
    expect(asked.filter((path) => once.includes(path))).toEqual(once)
    await context.close()
  })

  it('asks a stranger nothing but who they are, once', async () => {
    const { page, context } = await house.sit()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`/mesas/${BOARD}`)
    await page.getByRole('heading', { name: '¿Quién quieres ser hoy?' }).waitFor()
    expect(asked.filter((path) => path === '/api/me' || path.startsWith('/api/boards'))).toEqual(['/api/me'])
    await context.close()
  })
})
