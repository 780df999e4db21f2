import { expect, it } from 'vitest'
import { type Lease, NotWritten, type UpdateLog } from '../../server/store/ports.ts'
import { personId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'

/** What a test can do to a log besides using it. */
export interface LogUnderTest {
  readonly log: UpdateLog
  /** The same data after a restart; the first `log` is over. */
  reopen(): Promise<UpdateLog>
  /** From here on the disk is full. */
  fill(): void
}

const update = (room: string, byte: number) => ({
  room,
  at: instant(1000 + byte),
  bytes: new Uint8Array([byte]),
  acts: [{ person: personId('tao'), client: 7, action: 'mark.add', about: 'tao_aaaa' }],
})
const lease = (part: Partial<Lease> = {}): Lease => ({
  room: 'a',
  client: 7,
  person: personId('tao'),
  grant: 'g1',
  state: 'open',
  seen: instant(5),
  epoch: 1,
  ...part,
})

/** One suite for every adapter of the update log. */
export const updateLogContract = (open: () => Promise<LogUnderTest>): void => {
  it('is empty at first', async () => {
    const { log } = await open()
    expect(log.load('a')).toEqual({ updates: [], seq: 0, tail: 0, leases: [], epoch: 1 })
  })

  it('gives back what was appended, each room by itself, in order, after a restart too', async () => {
    const { log, reopen } = await open()
    expect(log.append([update('a', 1), update('b', 9), update('a', 2)])).toEqual([1, 1, 2])
    expect(log.append([update('a', 3)])).toEqual([3])
    const check = (one: UpdateLog): void => {
      const loaded = one.load('a')
      expect(loaded.updates.map((bytes) => [...bytes])).toEqual([[1], [2], [3]])
      expect(loaded).toMatchObject({ seq: 3, tail: 3 })
      expect(one.since('a', 1).map(({ seq, at, acts }) => [seq, at, acts.length])).toEqual([
        [2, 1002, 1],
        [3, 1003, 1],
      ])
    }
    check(log)
    check(await reopen())
  })

  it('loads a snapshot and what came after it, and keeps every row', async () => {
    const { log } = await open()
    log.append([update('a', 1), update('a', 2), update('a', 3)])
    log.snapshot('a', 2, new Uint8Array([12]))
    log.snapshot('a', 1, new Uint8Array([99]))
    expect(log.load('a').updates.map((bytes) => [...bytes])).toEqual([[12], [3]])
    expect(log.load('a')).toMatchObject({ seq: 3, tail: 1 })
    expect(log.since('a', 0)).toHaveLength(3)
    expect(log.append([update('a', 4)])).toEqual([4])
  })

  it('keeps leases, and a closed one closed', async () => {
    const { log, reopen } = await open()
    log.append([], [lease(), lease({ client: 1, person: null, grant: 's' })])
    log.append([update('a', 1)], [lease({ grant: 'g2', state: 'released' })])
    const again = await reopen()
    expect(again.load('a').leases).toContainEqual(lease({ grant: 'g2', state: 'released' }))
    again.append([], [lease({ state: 'closed' })])
    again.append([], [lease({ state: 'open' })])
    expect(again.load('a').leases).toContainEqual(lease({ state: 'closed' }))
  })

  it('writes all or nothing on a full disk, says so, and still reads', async () => {
    const { log, fill } = await open()
    log.append([update('a', 1)])
    fill()
    const big = { ...update('a', 2), bytes: new Uint8Array(1 << 20) }
    expect(() => log.append([update('a', 2), big], [lease()])).toThrow(NotWritten)
    expect(() => log.append([big])).toThrow(expect.objectContaining({ why: 'disk-full' }))
    expect(log.load('a')).toMatchObject({ seq: 1, leases: [] })
  })
}
