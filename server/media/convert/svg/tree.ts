import { SaxesParser } from 'saxes'
import { Stop } from '../stop.ts'

/** An element of the file with its name in lower SVG spelling, without `svg:`; foreign ones keep their prefix. */
export interface Node {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (Node | string)[]
  readonly parent: Node | null
  readonly classes: readonly string[]
}

const MOST_NODES = 20_000
const MOST_DEPTH = 32

const tooComplex = (what: 'nodes' | 'depth', most: number) => new Stop({ code: 'too-complex', params: { what, most } })
const broken = () => new Stop({ code: 'broken', params: { kind: 'svg' } })

const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

/**
 * Reads XML into a tree. Document types are passed over: no entity is ever defined, no file ever fetched, so an entity of the
 * file's own stays in the text as it is written.
 *
 * @throws {Stop} `broken`, or `too-complex` as soon as a cap is passed, before the rest is read.
 */
export const readTree = (bytes: Uint8Array): Node => {
  let root: Node | null = null
  let current: Node | null = null
  let nodes = 0
  let depth = 0
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    if (!/undefined entity/.test(error.message)) throw broken()
  })
  parser.on('opentag', (tag) => {
    if (++nodes > MOST_NODES) throw tooComplex('nodes', MOST_NODES)
    if (++depth > MOST_DEPTH) throw tooComplex('depth', MOST_DEPTH)
    const attributes = new Map(Object.entries(tag.attributes as Record<string, string>))
    const node: Node = {
      name: tag.name.replace(/^svg:/, ''),
      attributes,
      children: [],
      parent: current,
      classes: (attributes.get('class') ?? '').split(/\s+/).filter((word) => word !== ''),
    }
    current?.children.push(node)
    root ??= node
    current = node
  })
  parser.on('closetag', () => {
    depth--
    current = current?.parent ?? null
  })
  parser.on('text', (text) => void current?.children.push(text))
  parser.on('cdata', (text) => void current?.children.push(text))
  parser.write(decode(bytes)).close()
  const found = root as Node | null
  if (found === null || found.name !== 'svg') throw broken()
  return found
}

export const hrefOf = (node: Node): string => node.attributes.get('href') ?? node.attributes.get('xlink:href') ?? ''
