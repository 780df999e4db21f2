import { describe, expect, it } from 'vitest'
import { awarenessFrame, hear, hello, updateFrame } from '../../bench/load/dialect.ts'
import { histogram } from '../../bench/load/histogram.ts'
import { openLedger } from '../../bench/load/ledger.ts'
import { medians } from '../../bench/row.ts'
import { judgeRow } from '../../bench/targets.ts'

describe('what the benchmarks count', () => {
  it('charges a position that was left out until something newer came', () => {
    const ledger = openLedger(2, 10)
    ledger.begin(0)
    ledger.sent(0, 1, 10)
    ledger.sent(0, 2, 20)
    ledger.sent(0, 3, 30)
    // Ines gets the third alone: she waited 30, 20 and 10 for the three.
    ledger.seen(1, 0, 3, 40)
    const delays = ledger.close(1000)
    expect(delays.count).toBe(3)
    expect(delays.max).toBe(30)
    expect(delays.quantile(0)).toBeCloseTo(10.1)
  })

  it('charges what never came until the end, and does not call it up to date', () => {
    const ledger = openLedger(2, 10)
    ledger.begin(0)
    ledger.sent(0, 1, 100)
    expect(ledger.upToDate()).toBe(1)
    expect(ledger.pairs).toBe(2)
    expect(ledger.close(5100).max).toBe(5000)
  })

  it('leaves out the warm-up, one’s own and what is told twice', () => {
    const ledger = openLedger(3, 10)
    ledger.sent(0, 1, 5)
    ledger.begin(10)
    ledger.sent(0, 2, 12)
    ledger.end(20)
    ledger.sent(0, 3, 25)
    for (let i = 0; i < 2; i++) for (const viewer of [0, 1, 2]) ledger.seen(viewer, 0, 3, 30)
    expect(ledger.measured).toBe(1)
    expect(ledger.close(1000).count).toBe(2)
  })

  it('finds quantiles to a hundredth, from tenths of a millisecond to minutes', () => {
    const delays = histogram()
    for (let i = 1; i <= 1000; i++) delays.add(i * 100)
    for (const share of [0.05, 0.5, 0.95, 0.99]) {
      const exact = share * 100_000
      expect(Math.abs(delays.quantile(share) - exact) / exact).toBeLessThan(0.011)
    }
  })

  it('hears in either dialect what was said in it', () => {
    for (const dialect of ['y-websocket', 'hocuspocus'] as const) {
      const heard: string[] = []
      const ear = {
        update: (update: Uint8Array, whole: boolean) => heard.push(`${[...update]} ${whole}`),
        state: (client: number, bytes: Uint8Array, from: number, to: number) =>
          heard.push(`${client} ${Buffer.from(bytes).toString('utf8', from, to)}`),
      }
      for (const frame of hello(dialect, 'un tablero')) hear(dialect, frame, ear)
      hear(dialect, updateFrame(dialect, 'un tablero', Uint8Array.of(7, 8)), ear)
      hear(dialect, awarenessFrame(dialect, 'un tablero', 4_000_000_000, 300, '{"at":["ñ",1,2]}'), ear)
      expect(heard).toEqual(['7,8 false', '4000000000 {"at":["ñ",1,2]}'])
    }
  })

  it('takes the median over the rounds and says whether the target is met', () => {
    const row = (value: number, round: number) =>
      ({ bench: 'presence', subject: 'ours', metric: 'p99', value, unit: 'ms', round }) as const
    const [middle] = medians([row(900, 1), row(35, 2), row(151, 3)])
    expect(middle).toMatchObject({ value: 151, round: 'median' })
    expect(judgeRow(middle!)?.met).toBe(false)
    expect(judgeRow(row(150, 1))?.met).toBe(true)
    expect(judgeRow({ ...row(9000, 1), subject: 'hocuspocus' })).toBeNull()
  })
})
