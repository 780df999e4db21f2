import { describe, expect, it } from 'vitest'
import { rosterFor } from '../../shared/access/roster.ts'
import { circleId, firmId, personId } from '../../shared/domain/ids.ts'
import type { Actor, Circle, Firm, Person } from '../../shared/domain/people.ts'

const firms: Firm[] = [
  { id: firmId('altamira'), name: 'Mezclillas Altamira', role: 'mentor' },
  { id: firmId('tejamaya'), name: 'Punto Tejamaya', role: 'mentor' },
]
const ines: Person = {
  id: personId('ines'),
  name: 'Inés',
  firm: firmId('altamira'),
  role: 'mentor',
  admin: true,
  level: null,
}
const office = (id: string, role: 'facilitator' | 'association' | 'observer'): Person => ({
  id: personId(id),
  name: id,
  firm: null,
  role,
  admin: false,
  level: null,
})
const people = [ines, office('amparo', 'facilitator'), office('gilberto', 'association'), office('oru', 'observer')]
const circles: Circle[] = [
  { id: circleId('mezclilla'), name: 'Mezclilla', firms: [firmId('altamira')] },
  { id: circleId('punto'), name: 'Punto', firms: [firmId('tejamaya')] },
]
const seenBy = (person: Person, of: string[] = []) =>
  rosterFor({ ...person, circles: of.map(circleId) } as Actor, { firms, people, circles })

describe('who knows whom', () => {
  it('shows a firm its own circles whole, and the others by name alone', () => {
    expect(seenBy(ines, ['mezclilla']).circles).toEqual([
      { id: 'mezclilla', name: 'Mezclilla', firms: ['altamira'], size: 1 },
      { id: 'punto', name: 'Punto', firms: [], size: null },
    ])
  })

  it('shows the facilitator everything, and the association names and sizes', () => {
    const [, amparo, gilberto] = people as [Person, Person, Person, Person]
    expect(seenBy(amparo).circles.map(({ firms }) => firms.length)).toEqual([1, 1])
    expect(seenBy(gilberto).circles.map(({ firms, size }) => [firms.length, size])).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect(seenBy(gilberto).firms).toEqual(firms)
  })

  it('shows an observer nobody but themselves', () => {
    const told = JSON.stringify(seenBy(people[3] as Person))
    for (const secret of ['altamira', 'Tejamaya', 'ines', 'amparo', 'mezclilla', 'Punto'])
      expect(told).not.toContain(secret)
    expect(told).toContain('oru')
  })
})
