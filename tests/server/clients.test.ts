import { beforeEach, describe, expect, it } from 'vitest'
import { Clients } from '../../server/rooms/clients.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'

const [ines, beto] = ['ines', 'beto'] as PersonId[]

describe('who owns an id that a provider took by itself', () => {
  const written = new Set<number>()
  let clients: Clients<object>
  const saved = (): number[] => clients.takeUnsaved().map(({ client }) => client)
  beforeEach(() => {
    written.clear()
    let drawn = 0
    clients = new Clients(
      {
        room: 'critique.blusa',
        now: () => instant(0),
        random: (n) => Uint8Array.from({ length: n }, () => ++drawn % 256),
        isInDocument: (client) => written.has(client),
      },
      { leases: [], epoch: 1 },
    )
    expect(saved()).toEqual([clients.server])
  })

  it('whoever only looks leaves nothing behind, however often', () => {
    for (let client = 1; client <= 5000; client++) {
      const page = {}
      expect(clients.bind(client, ines as PersonId, page)).toBeNull()
      expect(saved()).toEqual([])
      clients.release(client, page, client % 2 === 0)
      expect(clients.ownerOf(client)).toBeNull()
    }
    expect(clients.hasUnsaved).toBe(false)
  })

  it('with the first thing written it is on the disk as hers, and nobody else may have it', () => {
    const page = {}
    clients.bind(7, ines as PersonId, page)
    written.add(7)
    expect(saved()).toEqual([7])
    clients.release(7, page, false)
    expect(clients.ownerOf(7)).toBe(ines)
    expect(clients.bind(7, beto as PersonId, {})).toBe('lost')
    expect(clients.bind(7, ines as PersonId, {})).toBeNull()
  })

  it('what was written in the very turn in which the line was cut still has an owner', () => {
    const page = {}
    clients.bind(7, ines as PersonId, page)
    written.add(7)
    clients.release(7, page, false)
    expect(saved()).toEqual([7])
    expect(clients.bind(7, beto as PersonId, {})).toBe('lost')
  })

  it('one that was closed by a refusal stays closed after the page is gone', () => {
    const page = {}
    clients.bind(7, ines as PersonId, page)
    expect(clients.close(7)).toBe(page)
    clients.release(7, page, false)
    expect(saved()).toEqual([7])
    expect(clients.bind(7, ines as PersonId, {})).toBe('lost')
  })
})
