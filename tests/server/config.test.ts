import { describe, expect, it } from 'vitest'
import { BadSetting, originsOf, readSettings } from '../../server/config.ts'

const read = (args: string[], env: NodeJS.ProcessEnv = {}) => readSettings(args, env, '/srv')
const sentence = (args: string[], env: NodeJS.ProcessEnv = {}): string => {
  try {
    read(args, env)
  } catch (error) {
    if (error instanceof BadSetting) return error.message
    throw error
  }
  return ''
}

describe('settings', () => {
  it('without any are the demo on this machine alone', () => {
    expect(read([])).toMatchObject({ demo: true, data: null, host: '127.0.0.1', port: 4310, origin: null })
  })

  it('name a data folder, from where the command was given, and it is no demo', () => {
    expect(read(['--data', 'grupo'])).toMatchObject({ demo: false, data: '/srv/grupo' })
    expect(read(['--data=/var/puntada'], { PORT: '8080' })).toMatchObject({ data: '/var/puntada', port: 8080 })
  })

  it('of a flag win over those of the environment', () => {
    expect(read(['--port', '1'], { PORT: '2' }).port).toBe(1)
  })

  it.each([
    [['--dmeo'], '--dmeo'],
    [['grupo'], 'grupo'],
    [['--port', 'http'], '--port'],
    [['--port', '70000'], '--port'],
    [['--data'], '--data'],
    [['--data', '--port'], '--data'],
    [['--demo=yes'], '--demo'],
    [['--log-level', 'loud'], '--log-level'],
    [['--origin', 'puntada.example'], '--origin'],
    [['--origin', 'https://puntada.example/mesas'], '--origin'],
    [['--data', 'x', '--host', '0.0.0.0'], '--host'],
    [['--trust-proxy', 'cloud'], '--trust-proxy'],
    [['--metrics-token', 'short'], '--metrics-token'],
  ])('that cannot be used are named: %j', (args, name) => {
    expect(sentence(args)).toContain(name)
    expect(sentence(args).split('\n')).toHaveLength(1)
  })

  it('that are unknown in the environment are named too', () => {
    expect(sentence([], { PUNTADA_DAT: 'x' })).toContain('PUNTADA_DAT')
    // But for those that only tests read: a server that a test starts inherits them.
    expect(sentence([], { PUNTADA_CORPUS: 'x', PUNTADA_DIST: 'x', PUNTADA_SCREENSHOTS: '1' })).toBe('')
  })

  it('are told in Spanish where the terminal speaks it', () => {
    expect(sentence(['--x'], { LANG: 'es_MX.UTF-8' })).toContain('no existe')
    expect(sentence(['--x'], { LANG: 'de_DE.UTF-8' })).toContain('There is no option')
  })

  it('never let the demo out of this machine, nor beside real data', () => {
    for (const host of ['0.0.0.0', '192.168.1.4', '::', 'puntada.example', '128.0.0.1'])
      expect(sentence(['--demo', '--host', host])).toContain(host)
    expect(sentence(['--demo', '--data', 'x'])).toContain('--demo')
    expect(sentence(['--data', 'x'], { PUNTADA_DEMO: '1' })).toContain('PUNTADA_DEMO')
    expect(sentence(['--origin', 'https://demo.example'])).not.toBe('')
    for (const host of ['127.0.0.1', '127.3.2.1', '::1', 'localhost'])
      expect(read(['--host', host])).toMatchObject({ demo: true, host })
  })

  it('give the exact origins of our pages', () => {
    const real = read(['--data', 'x', '--origin', 'https://puntada.example:443'])
    expect(originsOf(real, 4310, ['tao'])).toEqual(['https://puntada.example'])
    expect(originsOf(read([]), 4310, ['tao'])).toEqual([
      'http://127.0.0.1:4310',
      'http://localhost:4310',
      'http://[::1]:4310',
      'http://tao.localhost:4310',
    ])
  })
})
