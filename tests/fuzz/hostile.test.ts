import { expect, it } from 'vitest'
import { fuzz } from './hostile.ts'

it('ten thousand updates, most of them hostile, do nothing that was not their sender’s to do', () => {
  const { tally, violation } = fuzz(10_000, 20_261_123)
  expect(violation).toBeNull()
  // It could pass by refusing all, or by trying nothing: it does neither.
  expect(tally.accepted).toBeGreaterThan(2000)
  expect(tally.honest).toBeGreaterThan(2000)
  expect(tally.refused).toBeGreaterThan(3000)
  expect(Object.keys(tally.codes).length).toBeGreaterThan(20)
})
