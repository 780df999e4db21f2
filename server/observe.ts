import { pino } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { LogLevel } from './config.ts'
import type { RegisterState } from './registerCheck.ts'
import type { Log, Stats } from './rooms/ports.ts'

/** Log lines as JSON on stderr, so that stdout has the one line with the address. Never contents, names or tokens. */
export const openLog = (level: LogLevel): Log => pino({ level, base: null }, pino.destination({ dest: 2, sync: true }))

/** Counters for `/metrics`, in the text form of Prometheus. */
export interface Metrics {
  answered(method: string, route: string, status: number, seconds: number): void
  watch(what: { rooms(): Stats; live(): number; register(): RegisterState }): void
  text(): Promise<string>
  close(): void
}

export const openMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'puntada_' })
  const registers = [registry]
  const requests = new Counter({
    name: 'puntada_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const time = new Histogram({
    name: 'puntada_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers,
  })
  const watched = (name: string, help: string, read: (stats: Stats) => number, stats: () => Stats): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(stats()))
      },
    })
  }
  return {
    answered(method, route, status, seconds) {
      requests.inc({ method, route, status })
      time.observe({ route }, seconds)
    },
    watch({ rooms, live, register }) {
      watched('puntada_rooms', 'Boards in memory', (s) => s.rooms, rooms)
      watched('puntada_connections', 'Connections to boards', (s) => s.connections, rooms)
      watched('puntada_updates', 'Updates committed since the start', (s) => s.updates, rooms)
      watched('puntada_commits', 'Commits to disk since the start', (s) => s.commits, rooms)
      watched('puntada_frames', 'Frames sent since the start', (s) => s.frames, rooms)
      watched('puntada_presence_in', 'Presence frames received since the start', (s) => s.presenceIn, rooms)
      watched('puntada_presence_frames', 'Presence frames sent since the start', (s) => s.presenceFrames, rooms)
      watched('puntada_slow_readers', 'Connections cut because they did not read', (s) => s.slowReaders, rooms)
      new Gauge({
        name: 'puntada_refusals',
        help: 'Updates refused since the start, by code',
        labelNames: ['code'],
        registers,
        collect() {
          for (const [code, count] of Object.entries(rooms().refusals)) this.set({ code }, count)
        },
      })
      const ofRegister = (name: string, help: string, read: (state: RegisterState) => number): void => {
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read(register()))
          },
        })
      }
      ofRegister('puntada_register_row', 'Row of the register up to which its chain was found whole', (s) => s.row)
      ofRegister(
        'puntada_register_broken_row',
        'First row of the register that is not what was written; 0 for none',
        (s) => s.brokenRow ?? 0,
      )
      ofRegister(
        'puntada_register_checked_seconds',
        'When the register was last checked, since 1970; 0 for never',
        (s) => (s.at === null ? 0 : s.at / 1000),
      )
      new Gauge({
        name: 'puntada_live_connections',
        help: 'Connections for commands and signals',
        registers,
        collect() {
          this.set(live())
        },
      })
    },
    text: () => registry.metrics(),
    close: () => registry.clear(),
  }
}
