import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { complain, offer, toast, useToasts } from '../../client/design/toast-store.ts'

const seen = (): string[] => useToasts.getState().list.map(({ text }) => text)
const answer = (text: string): void =>
  useToasts.getState().dismiss(useToasts.getState().list.find((one) => one.text === text)!.id)
const see = { label: 'Ver', run: () => undefined }

describe('messages', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.runAllTimers()
    for (const { id } of [...useToasts.getState().list, ...useToasts.getState().waiting])
      useToasts.getState().dismiss(id)
    vi.useRealTimers()
  })

  it('of quick decisions stand there once, as the last one is', () => {
    for (const version of [2, 3, 4, 5]) toast(`Versión ${version}`, 'version')
    toast('Enlace copiado')
    toast('Enlace copiado')
    expect(seen()).toEqual(['Versión 5', 'Enlace copiado'])
    // Each telling is a line of its own to whoever listens.
    const { id } = useToasts.getState().list[1]!
    toast('Enlace copiado')
    expect(useToasts.getState().list[1]!.id).not.toBe(id)
  })
  it('are three at the most, and what is held is never lost to news', () => {
    complain('No se pudo mover')
    for (const name of ['a', 'b', 'c']) offer(`${name}: pregunta`, see)
    for (let i = 0; i < 20; i++) {
      toast(`noticia ${i}`)
      expect(seen().length).toBeLessThanOrEqual(3)
    }
    expect(seen()).toEqual(['No se pudo mover', 'a: pregunta', 'noticia 19'])
    answer('a: pregunta')
    expect(seen()).toEqual(['No se pudo mover', 'noticia 19', 'b: pregunta'])
    answer('b: pregunta')
    expect(seen()).toContain('c: pregunta')
  })
  it('that pass leave when they have been read, whatever they waited; questions stay until they are answered', () => {
    offer('a: pregunta', see)
    offer('Marca borrada', { ...see, passes: true })
    complain('No se pudo mover')
    toast('Guardado')
    vi.advanceTimersByTime(8000)
    expect(seen()).toEqual(['a: pregunta', 'Marca borrada'])
    vi.advanceTimersByTime(12_000)
    // Only now does its time begin.
    expect(seen()).toEqual(['a: pregunta', 'No se pudo mover'])
    vi.advanceTimersByTime(19_999)
    expect(seen()).toContain('No se pudo mover')
    vi.advanceTimersByTime(1)
    expect(seen()).toEqual(['a: pregunta'])
    vi.advanceTimersByTime(3_600_000)
    expect(seen()).toEqual(['a: pregunta'])
  })
})
