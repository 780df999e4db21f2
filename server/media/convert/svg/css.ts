import { Stop } from '../stop.ts'
import type { Node } from './tree.ts'

/** `tag`, `.class`, `#id`, and these within or directly under each other. Nothing else selects. */
interface Compound {
  readonly tag: string | null
  readonly id: string | null
  readonly classes: readonly string[]
  /** How this one lies under the one before it. */
  readonly under: 'within' | 'child'
}
export interface Rule {
  readonly selector: readonly Compound[]
  readonly specificity: number
  readonly declarations: readonly Declaration[]
}
export interface Declaration {
  readonly name: string
  readonly value: string
  readonly important: boolean
}
export interface Sheet {
  readonly rules: readonly Rule[]
  /** Rules and at-rules that are not understood. */
  readonly skipped: number
  /** Things it wanted to fetch. */
  readonly links: number
}

const MOST_RULES = 2_000

export const readDeclarations = (text: string): Declaration[] => {
  const found: Declaration[] = []
  for (const part of text.split(';')) {
    const colon = part.indexOf(':')
    if (colon < 0) continue
    const raw = part.slice(colon + 1).trim()
    const important = /!\s*important$/i.test(raw)
    const value = raw.replace(/\s*!\s*important$/i, '')
    if (value.length <= 400) found.push({ name: part.slice(0, colon).trim().toLowerCase(), value, important })
  }
  return found
}

const readSelector = (text: string): Compound[] | null => {
  const selector: Compound[] = []
  let under: Compound['under'] = 'within'
  for (const word of text.replace(/>/g, ' > ').trim().split(/\s+/)) {
    if (word === '>') {
      under = 'child'
      continue
    }
    const match = /^(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)$/i.exec(word)
    if (match === null || word === '') return null
    const marks = match[2]?.match(/[.#][\w-]+/g) ?? []
    selector.push({
      tag: match[1] === undefined || match[1] === '*' ? null : match[1],
      id: marks.find((mark) => mark[0] === '#')?.slice(1) ?? null,
      classes: marks.filter((mark) => mark[0] === '.').map((mark) => mark.slice(1)),
      under,
    })
    under = 'within'
  }
  return selector.length === 0 || selector.length > 8 ? null : selector
}

const weigh = (selector: readonly Compound[]): number =>
  selector.reduce(
    (sum, { id, classes, tag }) => sum + (id === null ? 0 : 10_000) + classes.length * 100 + (tag === null ? 0 : 1),
    0,
  )

/** Reads a style sheet in one pass; blocks within at-rules (media, keyframes, fonts) are passed over whole. */
export const readStyles = (source: string): Sheet => {
  const text = source.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ').replace(/<!--|-->/g, ' ')
  const rules: Rule[] = []
  let skipped = 0
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    const head = text.slice(at, open < 0 ? text.length : open)
    const semicolon = head.indexOf(';')
    if (semicolon >= 0 && head.trimStart().startsWith('@')) {
      skipped++
      at += semicolon + 1
      continue
    }
    if (open < 0) break
    let depth = 1
    let close = open + 1
    for (; close < text.length && depth > 0; close++) {
      if (text[close] === '{') depth++
      else if (text[close] === '}') depth--
    }
    const body = text.slice(open + 1, close - 1)
    at = close
    if (head.trimStart().startsWith('@') || body.includes('{')) {
      skipped++
      continue
    }
    const declarations = readDeclarations(body)
    for (const part of head.split(',')) {
      const selector = readSelector(part)
      if (selector === null) skipped++
      else rules.push({ selector, specificity: weigh(selector), declarations })
      if (rules.length > MOST_RULES)
        throw new Stop({ code: 'too-complex', params: { what: 'style', most: MOST_RULES } })
    }
  }
  const links = text.match(/@import|url\(\s*['"]?(?!#|['"]?#)/gi)?.length ?? 0
  return { rules, skipped, links }
}

const fits = (node: Node, { tag, id, classes }: Compound): boolean =>
  (tag === null || tag === node.name) &&
  (id === null || id === node.attributes.get('id')) &&
  classes.every((name) => node.classes.includes(name))

/** Whether the first `count` compounds of a selector end at this node, looking up no further than `top`. */
const ends = (node: Node, top: Node | null, selector: readonly Compound[], count: number): boolean => {
  const last = selector[count - 1]!
  if (!fits(node, last)) return false
  if (count === 1) return true
  const above = (below: Node) => (below === top ? null : below.parent)
  const parent = above(node)
  if (last.under === 'child') return parent !== null && ends(parent, top, selector, count - 1)
  for (let outer = parent; outer !== null; outer = above(outer)) if (ends(outer, top, selector, count - 1)) return true
  return false
}

/**
 * @param top What is unfolded by `use` is a tree of its own: selectors see nothing above its root (SVG 2, 5.6.3). FreeSewing's
 * notches are black only because of that. Null outside of any.
 */
export const selects = (rule: Rule, node: Node, top: Node | null): boolean =>
  ends(node, top, rule.selector, rule.selector.length)
