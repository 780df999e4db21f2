import { type KeyboardEvent, memo, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { ownSwatchOf } from '../../shared/pattern/operation.ts'
import { useMentionText } from '../app/mention-text.ts'
import { useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { SelectField } from '../design/Fields.tsx'
import { DoneTag, PlainTag } from '../design/Says.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { inReadingOrder } from './reading-order.ts'
import { type Filters, isLevel, isSifted, NO_FILTERS, STATES, typesOn } from './sift.ts'
import { stepBack } from './step-back.ts'
import { DecisionTag, ProposalName, TypeTag } from './TypeTag.tsx'
import { useMeasure } from './useBoardWords.ts'
import { useWatched } from './watch.ts'

/** Marks shown of one sheet at first, and with each "more": a board may have thousands. */
const PAGE = 60

const FiltersForm = () => {
  const words = useWords()
  const { me, firm } = useWho()
  const { session, board, filters, setFilters } = useDesk()
  const hasPattern = useWatched(session.records).sheets.some(({ kind }) => kind === 'pattern')
  const set = (part: Partial<Filters>): void => setFilters({ ...filters, ...part })
  const firms = [...new Set([...board.audience, ...me.firms.map(({ id }) => id)])].filter((id) =>
    board.audience.includes(id),
  )
  return (
    <fieldset className={css.filters}>
      <legend className="unseen">{words.board.list.filters}</legend>
      <SelectField
        label={words.board.list.firm}
        value={filters.firm}
        options={[
          ['', words.board.list.all] as const,
          ...firms.map((id) => [id as string, firm(id)?.name ?? '—'] as const),
        ]}
        onValue={(value) => set({ firm: value })}
      />
      <SelectField
        label={words.board.list.type}
        value={filters.type}
        options={[
          ['all', words.board.list.all] as const,
          ...typesOn(hasPattern).map((type) => [type, isLevel(type) ? words.levels[type] : words.says[type]] as const),
        ]}
        onValue={(type) => set({ type })}
      />
      <SelectField
        label={words.board.list.state}
        value={filters.state}
        options={STATES.filter((one) => hasPattern || (one !== 'accepted' && one !== 'declined')).map(
          (one) => [one, words.board.list[one]] as const,
        )}
        onValue={(state) => set({ state })}
      />
    </fieldset>
  )
}

interface Node {
  readonly key: string
  readonly level: 1 | 2
  readonly place: number
  readonly of: number
  readonly is:
    | { readonly a: 'sheet'; readonly sheet: Sheet; readonly marks: number; readonly open: boolean }
    | { readonly a: 'mark'; readonly mark: Mark; readonly sheet: Sheet }
    | { readonly a: 'more'; readonly sheet: SheetId; readonly left: number }
}

const SheetRow = ({ sheet, marks, open }: { sheet: Sheet; marks: number; open: boolean }) => {
  const words = useWords()
  return (
    <span className={css.sheetRow}>
      <Icon name={open ? 'chevronDown' : 'chevronRight'} />
      <strong>{sheet.name}</strong>
      <span className="unseen">{words.sheetKind[sheet.kind]}</span>
      <span className={ui.hint}>
        {words.board.list.marks({ n: marks })}
        {sheet.away ? ` · ${words.board.list.away}` : ''}
      </span>
    </span>
  )
}

const MarkRow = memo(({ mark, sheet, unsaved }: { mark: Mark; sheet: Sheet; unsaved: boolean }) => {
  const words = useWords()
  const who = useWho()
  const plain = useMentionText()
  const measure = useMeasure()(mark, sheet)
  const swatch = mark.change && ownSwatchOf(mark.change)
  return (
    <span className={css.markRow}>
      <span className={css.markTop}>
        <TypeTag mark={mark} />
        {mark.change === null && <Icon name={mark.shape.kind} />}
        <span className="unseen">
          {words.board.kinds[mark.shape.kind]}, {mark.resolved || mark.decision ? '' : words.board.list.openTag}
        </span>
        <ProposalName mark={mark} />
        {swatch && <strong>{swatch.name}</strong>}
        <DecisionTag decision={mark.decision} />
        {measure !== '' && <strong>{measure}</strong>}
        {mark.resolved && <DoneTag />}
        {unsaved && <PlainTag>{words.board.list.unsaved}</PlainTag>}
      </span>
      <span className={css.markText}>{plain(mark.words.text) || words.board.list.noText}</span>
      <span className={ui.hint}>
        {words.board.thread.by({ name: who.name(mark.author), firm: who.firmName(mark.author) })}
        {mark.replies.length > 0 && ` · ${words.board.list.replies({ n: mark.replies.length })}`}
      </span>
    </span>
  )
})

/** Everything that the canvas shows, as a tree in reading order, worked by arrow keys. */
export const ListPanel = () => {
  const words = useWords()
  const { session, selected, goTo, openTab, filters, setFilters, shown, ask } = useDesk()
  const records = useDeferredValue(useWatched(session.records))
  const loading = useWatched(session.status).is === 'loading'
  const [closed, setClosed] = useState<ReadonlySet<SheetId>>(new Set())
  const [most, setMost] = useState<ReadonlyMap<SheetId, number>>(new Map())
  const [active, setActive] = useState<string | null>(null)
  const tree = useRef<HTMLDivElement>(null)

  const ordered = useMemo(
    () => inReadingOrder(records.sheets, [...records.marks.values()].filter(shown)),
    [records, shown],
  )
  const total = records.marks.size
  const visible = ordered.reduce((n, { marks }) => n + marks.length, 0)
  const filtered = isSifted(filters)

  const nodes: Node[] = []
  ordered.forEach(({ sheet, marks }, s) => {
    const open = !closed.has(sheet.id)
    nodes.push({
      key: sheet.id,
      level: 1,
      place: s + 1,
      of: ordered.length,
      is: { a: 'sheet', sheet, marks: marks.length, open },
    })
    if (!open) return
    const cap = most.get(sheet.id) ?? PAGE
    // What is selected is always in the list, wherever it stands.
    const until = Math.max(cap, marks.findIndex(({ id }) => id === selected) + 1)
    marks.slice(0, until).forEach((mark, m) => {
      nodes.push({ key: mark.id, level: 2, place: m + 1, of: marks.length, is: { a: 'mark', mark, sheet } })
    })
    if (marks.length > until)
      nodes.push({
        key: `${sheet.id}/more`,
        level: 2,
        place: until + 1,
        of: marks.length,
        is: { a: 'more', sheet: sheet.id, left: Math.min(PAGE, marks.length - until) },
      })
  })
  const activeKey =
    nodes.find(({ key }) => key === active)?.key ?? nodes.find(({ key }) => key === selected)?.key ?? nodes[0]?.key

  const toggle = (sheet: SheetId, open: boolean): void => {
    const next = new Set(closed)
    if (open) next.delete(sheet)
    else next.add(sheet)
    setClosed(next)
  }
  const run = (node: Node): void => {
    setActive(node.key)
    if (node.is.a === 'sheet') toggle(node.is.sheet.id, !node.is.open)
    else if (node.is.a === 'more') {
      setMost(new Map(most).set(node.is.sheet, (most.get(node.is.sheet) ?? PAGE) + PAGE))
      // The row goes once everything is shown: one goes on at the first that has come in its place.
      const next = ordered.find(({ sheet }) => sheet.id === node.is.sheet)?.marks[node.place - 1]
      if (next) requestAnimationFrame(() => focus(next.id))
    } else {
      goTo(node.is.mark.id)
      openTab('thread')
    }
  }
  const focus = (key: string): void => {
    setActive(key)
    const item = tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
    item?.focus()
    item?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    const at = nodes.findIndex(({ key }) => key === activeKey)
    const node = nodes[at]
    if (!node || e.ctrlKey || e.metaKey || e.altKey) return
    const to = (n: Node | undefined): void => {
      if (n) focus(n.key)
    }
    switch (e.key) {
      case 'ArrowDown':
        to(nodes[at + 1])
        break
      case 'ArrowUp':
        to(nodes[at - 1])
        break
      case 'Home':
        to(nodes[0])
        break
      case 'End':
        to(nodes.at(-1))
        break
      case 'ArrowRight':
        if (node.is.a === 'sheet') {
          if (!node.is.open) toggle(node.is.sheet.id, true)
          else to(nodes[at + 1])
        }
        break
      case 'ArrowLeft':
        if (node.is.a === 'sheet') toggle(node.is.sheet.id, false)
        else to(nodes.slice(0, at).findLast(({ level }) => level === 1))
        break
      case 'Enter':
      case ' ':
        run(node)
        break
      default:
        return
    }
    e.preventDefault()
    e.stopPropagation()
  }
  return (
    <div className={css.list}>
      <FiltersForm />
      <div className={css.listBar}>
        <span className={ui.hint} role="status">
          {loading
            ? words.board.status.loading
            : filtered
              ? words.board.list.shown({ n: visible, of: total })
              : words.board.list.marks({ n: total })}
        </span>
        {filtered && (
          <Button
            small
            look="quiet"
            onClick={(e) => {
              stepBack(e.currentTarget)
              setFilters(NO_FILTERS)
            }}
          >
            {words.board.list.clear}
          </Button>
        )}
        {records.sheets.length > 0 && (
          <Button small icon="add" onClick={() => ask({ is: 'add' })}>
            {words.board.list.add}
          </Button>
        )}
      </div>
      {total === 0 && !loading && (
        <div className={css.lone}>
          <p>{words.board.list.empty}</p>
          {records.sheets.length > 0 && <p>{words.board.list.emptyHint}</p>}
        </div>
      )}
      {total > 0 && visible === 0 && <p className={css.lone}>{words.board.list.emptyFiltered}</p>}
      {nodes.length > 0 && (
        <>
          <p id="list-help" className="unseen">
            {words.board.list.help}
          </p>
          <div
            ref={tree}
            role="tree"
            aria-label={words.board.list.title}
            aria-describedby="list-help"
            className={css.tree}
            onKeyDown={onKeyDown}
          >
            {nodes.map((node) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself answers to keys
              <div
                key={node.key}
                role="treeitem"
                data-key={node.key}
                data-level={node.level}
                aria-level={node.level}
                aria-posinset={node.place}
                aria-setsize={node.of}
                aria-selected={node.key === selected}
                {...(node.is.a === 'sheet' ? { 'aria-expanded': node.is.open } : {})}
                tabIndex={node.key === activeKey ? 0 : -1}
                className={css.node}
                // A screen reader may put the focus where no arrow has led: keys are meant for what it stands on.
                onFocus={() => setActive(node.key)}
                onClick={() => run(node)}
              >
                {node.is.a === 'sheet' && <SheetRow sheet={node.is.sheet} marks={node.is.marks} open={node.is.open} />}
                {node.is.a === 'mark' && (
                  <MarkRow mark={node.is.mark} sheet={node.is.sheet} unsaved={records.unsaved.has(node.is.mark.id)} />
                )}
                {node.is.a === 'more' && (
                  <span className={css.moreRow}>{words.board.list.more({ n: node.is.left })}</span>
                )}
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
