import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Intent } from '../../shared/document/write.ts'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Mark, Says } from '../../shared/domain/mark.ts'
import { levelOf } from '../../shared/pattern/operation.ts'
import type { BoardCard } from '../../shared/protocol/api.ts'
import { Icon } from '../brand/icons.tsx'
import type { CanvasEvents, CanvasHandle } from '../canvas/contract.ts'
import type { SizesShown } from '../canvas/lines.ts'
import { Button } from '../design/Button.tsx'
import { Skip } from '../design/Skip.tsx'
import { Waiting } from '../design/Trade.tsx'
import { announce, complain, offer, toast, useToasts } from '../design/toast-store.ts'
import { fetchPanels } from '../panels/ahead.ts'
import { BoardFiles } from '../panels/BoardFiles.tsx'
import { Card, type CardState } from '../panels/Card.tsx'
import { type Asking, type Desk, DeskContext, type Meant, type Spot, type TabId } from '../panels/desk.ts'
import { Hovered } from '../panels/Hovered.tsx'
import css from '../panels/panels.module.css'
import { inReadingOrder } from '../panels/reading-order.ts'
import { sayHandle } from '../panels/say-handle.ts'
import { type Filters, isSifted, NO_FILTERS, passes } from '../panels/sift.ts'
import { Tabs } from '../panels/Tabs.tsx'
import { NextSays, Tools } from '../panels/Tools.tsx'
import { TopBar } from '../panels/TopBar.tsx'
import { useOwnSwatches } from '../panels/useOwnSwatches.ts'
import { usePatterns } from '../panels/usePatterns.ts'
import { ViewBar } from '../panels/ViewBar.tsx'
import { useWatched } from '../panels/watch.ts'
import { openWorkbench } from '../proposals/workbench.ts'
import type { BoardSession, ToolId } from '../sync/contract.ts'
import { part } from '../sync/part.ts'
import { ownStorage } from '../sync/session.ts'
import { openTyped } from '../sync/typed.ts'
import { cell } from '../sync/watched.ts'
import { leavesMarks, toolOfKey } from '../tools/index.ts'
import { useFormats } from '../words/format.ts'
import { refusalText } from '../words/refusal.ts'
import { useWords } from '../words/words.ts'
import { useMentionText } from './mention-text.ts'
import { usePrefs } from './prefs.ts'
import { DemoBand, useTitle } from './Shell.tsx'
import { serverNow, useWho } from './signed.ts'

let coming: Promise<typeof import('../canvas/Canvas.tsx')> | null = null
/** Sends for the canvas, the largest part of a board, once. */
export const sendForCanvas = (): Promise<typeof import('../canvas/Canvas.tsx')> => {
  coming ??= part(() => import('../canvas/Canvas.tsx'))
  return coming
}
const Canvas = lazy(sendForCanvas)
const AskedDialog = lazy(() => part(() => import('../panels/AskedDialog.tsx')))
const FirstUpload = lazy(() => part(() => import('../panels/FirstUpload.tsx')))

const PHONE = '(max-width: 820px)'
const usePhone = (): boolean => {
  const [phone, setPhone] = useState(() => matchMedia(PHONE).matches)
  useEffect(() => {
    const media = matchMedia(PHONE)
    const changed = (): void => setPhone(media.matches)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [])
  return phone
}

/** Where keys are somebody's text and not shortcuts. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('dialog') !== null)

/** The board: tools, canvas and panels, and what they tell one another. */
export const BoardTable = ({
  board,
  session,
  mark: linked,
}: {
  board: BoardCard
  session: BoardSession
  mark: MarkId | null
}) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const plain = useMentionText()
  const phone = usePhone()
  const { unit, shortcuts } = usePrefs()
  const records = useWatched(session.records)
  const status = useWatched(session.status)
  const drafts = useWatched(session.drafts)
  const patterns = usePatterns(session)
  const swatches = useOwnSwatches(session)
  const catcher = useRef<((files: FileList | null) => void) | null>(null)
  const [workbench] = useState(openWorkbench)
  const [meant, setMeant] = useState<Meant | null>(null)
  const [spot, setSpot] = useState<Spot | null>(null)
  const [sizes, setSizes] = useState<ReadonlyMap<SheetId, SizesShown>>(new Map())
  const [handle, setHandle] = useState<CanvasHandle | null>(null)
  /** Changes with every frame of a pinch: only what shows it watches it. */
  const [scale] = useState(() => cell(0))
  /** Changes with every mark that the mouse passes: the panels need not know. */
  const [hovered] = useState(() => cell<MarkId | null>(null))
  /** Sheets in view that have no picture yet. */
  const [waiting, setWaiting] = useState(0)
  const [selected, setSelected] = useState<MarkId | null>(linked)
  const [fresh, setFresh] = useState<MarkId | null>(null)
  const [tool, setTool] = useState<ToolId>('select')
  const [says, setSays] = useState<Says>('noto')
  const [filters, sift] = useState<Filters>(NO_FILTERS)
  const [tab, setTab] = useState<TabId>(linked ? 'thread' : 'list')
  const [card, setCard] = useState<CardState>(linked ? 'half' : 'low')
  const [asking, ask] = useState<Asking | null>(null)
  const [following, setFollowing] = useState<string | null>(null)
  const [typed] = useState(() => openTyped(ownStorage(), who.me.person.id, board.id))
  useTitle(board.title)

  const own = board.firm === who.me.person.firm
  const reason = useCallback((code: string) => refusalText(words, format, code), [words, format])

  const firmOf = useCallback(({ author }: Mark) => who.person(author)?.firm ?? null, [who])
  const shown = useCallback((mark: Mark): boolean => passes(mark, filters, firmOf), [filters, firmOf])
  const setFilters = (next: Filters): void => {
    sift(next)
    // What is not there to be seen is not in hand either: a key would delete it.
    setSelected((id) => {
      const mark = id === null ? undefined : records.marks.get(id)
      return mark && !passes(mark, next, firmOf) ? null : id
    })
  }
  const goTo = useCallback(
    (mark: MarkId) => {
      setSelected(mark)
      handle?.goTo(mark)
    },
    [handle],
  )
  const openTab = useCallback((next: TabId) => {
    setTab(next)
    setCard((now) => (now === 'low' ? 'half' : now))
  }, [])
  const walk = useCallback(
    (by: 1 | -1) => {
      const { sheets, marks } = session.records.get()
      const all = inReadingOrder(sheets, [...marks.values()].filter(shown)).flatMap((one) => one.marks)
      const at = all.findIndex(({ id }) => id === selected)
      const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
      const next = all[to]
      if (!next) return
      goTo(next.id)
      openTab('thread')
      // Whoever walks stays where they stand, and hears where that has led.
      const what = next.change ? words.levels[levelOf(next.change)] : words.says[next.words.says]
      const text = plain(next.words.text) || words.board.list.noText
      announce(`${words.board.list.shown({ n: to + 1, of: all.length })}. ${what}: ${text}`)
    },
    [session, shown, selected, goTo, openTab, words, plain],
  )
  const remove = useCallback(
    (mark: MarkId) => {
      const gone: Intent = { do: 'delete', mark }
      const verdict = session.act(gone)
      if (!verdict.ok) complain(reason(verdict.reason))
      else offer(words.board.thread.removed, { label: words.board.undo, run: () => session.undo(gone), passes: true })
    },
    [session, words, reason],
  )
  const take = useCallback((next: ToolId) => {
    setTool(next)
    if (next !== 'select') setCard('low')
  }, [])
  const follow = useCallback(
    (person: string | null) => {
      setFollowing(person)
      handle?.follow(person as never)
    },
    [handle],
  )

  const latest = useRef({ goTo, remove, words, who, reason })
  latest.current = { goTo, remove, words, who, reason }
  const events = useMemo<CanvasEvents>(
    () => ({
      onReady: setHandle,
      onView: (view) => scale.set(view.scale),
      onSelect(mark) {
        setSelected(mark)
        if (mark !== null) openTab('thread')
      },
      onDrawn(mark) {
        setFresh(mark)
        setSelected(mark)
        setTool('select')
        openTab('thread')
      },
      onScaleLine(sheet, line) {
        setTool('select')
        ask({ is: 'scale', sheet, line })
      },
      onWaiting: setWaiting,
      onMeant(what) {
        setMeant(what)
        if (what) openTab('proposal')
      },
      onSpot(next) {
        setMeant(null)
        setSpot(next)
        openTab('proposal')
      },
      onFollowEnded() {
        setFollowing(null)
        toast(latest.current.words.board.people.stopped)
      },
      onHover: hovered.set,
      onRemove: (mark) => latest.current.remove(mark),
      onRefused: (code) => complain(latest.current.reason(code)),
    }),
    [openTab, scale, hovered],
  )

  // The first screen is there: the rest comes before it is asked for, and works when the line is gone.
  useEffect(() => {
    if (handle) void fetchPanels()
  }, [handle])

  // A link to a mark brings it into view once both are there: the canvas and the mark.
  const waitsFor = useRef(linked)
  const isThere = linked !== null && records.marks.has(linked)
  useEffect(() => {
    if (!handle || waitsFor.current === null || !isThere) return
    handle.goTo(waitsFor.current)
    waitsFor.current = null
  }, [handle, isThere])

  useEffect(
    () =>
      session.onEyesCalled((mark, by) => {
        const { words, who } = latest.current
        offer(words.board.thread.lookCalled({ name: who.name(by), firm: who.firmName(by) }), {
          label: words.board.thread.go,
          run() {
            latest.current.goTo(mark)
            openTab('thread')
          },
        })
      }),
    [session, openTab],
  )

  const many = useRef(drafts.length)
  const drafted = useRef<number | null>(null)
  useEffect(() => {
    if (drafts.length > many.current)
      // Why is said there, beside the work; its tab stays when this has left.
      drafted.current = offer(
        latest.current.words.board.drafts.notice,
        { label: latest.current.words.board.drafts.open, run: () => openTab('drafts'), passes: true },
        'drafts',
      )
    many.current = drafts.length
  }, [drafts, openTab])
  // Whoever has opened it need not be told of it.
  useEffect(() => {
    if (tab === 'drafts' && drafted.current !== null) useToasts.getState().dismiss(drafted.current)
  }, [tab])

  useEffect(() => {
    const onKeyDown = (e: KeyboardEvent): void => {
      if (e.defaultPrevented || isTyping(e.target)) return
      if ((e.ctrlKey || e.metaKey) && !e.altKey) {
        const key = e.key.toLowerCase()
        if (key === 'z' && !e.shiftKey) session.undo()
        else if (key === 'y' || (key === 'z' && e.shiftKey)) session.redo()
        else return
        e.preventDefault()
        return
      }
      if (e.ctrlKey || e.metaKey || e.altKey) return
      if (e.key === 'Escape') {
        setTool('select')
        follow(null)
        return
      }
      if (!shortcuts) return
      const taken = toolOfKey(e.key)
      if (taken && (!leavesMarks(taken) || records.sheets.length > 0) && (taken !== 'scale' || own)) setTool(taken)
      else if (e.key === '?') ask({ is: 'help' })
      else if (e.key === 'j' || e.key === 'k') {
        walk(e.key === 'j' ? 1 : -1)
      } else return
      e.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [session, shortcuts, records, walk, follow, own])

  const desk: Desk = {
    session,
    patterns,
    swatches,
    catcher,
    workbench,
    meant,
    setMeant,
    spot,
    setSpot,
    sizes,
    showSizes: (sheet, next) => setSizes((now) => new Map(now).set(sheet, next)),
    board,
    own,
    selected,
    select: setSelected,
    goTo,
    remove,
    walk,
    tool,
    take,
    says,
    setSays,
    filters,
    setFilters,
    shown,
    tab,
    openTab,
    asking,
    ask,
    following,
    follow,
    handle,
    fresh,
    typed,
  }
  const empty = records.sheets.length === 0 && status.is !== 'loading'

  return (
    <DeskContext value={desk}>
      <div className={css.page} data-phone={phone}>
        <Skip to="board-panel">{words.board.skipToList}</Skip>
        {who.me.demo && <DemoBand />}
        <TopBar phone={phone} />
        <main className={css.table}>
          {!phone && (
            <div className={css.toolSide}>
              <Tools />
            </div>
          )}
          <div className={css.cloth}>
            <Suspense fallback={<Waiting>{words.board.loadingCanvas}</Waiting>}>
              <Canvas
                session={session}
                patterns={patterns}
                swatches={swatches}
                workbench={workbench}
                me={who.me}
                now={serverNow}
                label={words.board.canvasLabel}
                events={events}
                tool={tool}
                says={says}
                unit={unit}
                selected={selected}
                length={(mm) => format.length(mm, unit)}
                noScale={words.board.thread.noScale}
                slow={words.board.sheets.slow}
                lost={words.board.sheets.lost}
                shown={isSifted(filters) ? shown : null}
                sizes={sizes}
                meant={tab === 'proposal' || tool === 'propose' ? meant : null}
                handle={(operation, one) => sayHandle(operation, one, (mm) => format.length(mm, unit))}
                className={css.canvas ?? ''}
              />
            </Suspense>
            {status.is === 'loading' && (
              <div className={css.emptyTable}>
                <Waiting>{words.board.loading}</Waiting>
              </div>
            )}
            {empty && (
              <div className={css.emptyTable}>
                <h2>{words.board.emptyTitle}</h2>
                <p>{own ? words.board.emptyOwn : words.board.emptyOther}</p>
                {own && !phone && tab !== 'sheets' && (
                  <Suspense fallback={null}>
                    <FirstUpload />
                  </Suspense>
                )}
              </div>
            )}
            <BoardFiles />
            <p role="status" className={css.waiting}>
              {waiting > 0 && words.board.sheets.waiting({ n: waiting })}
            </p>
            {following !== null && (
              <div className={css.following}>
                <Icon name="follow" />
                <span>{words.board.people.following({ name: who.name(following as never) })}</span>
                <Button small onClick={() => follow(null)}>
                  {words.board.people.unfollow}
                </Button>
              </div>
            )}
            {!phone && tool !== 'select' && tool !== 'hand' && !(tool === 'propose' && (meant || spot)) && (
              <div className={css.toolTip}>
                <span>{words.board.tools.help[tool]}</span>
                {leavesMarks(tool) && <NextSays />}
              </div>
            )}
            <Hovered mark={hovered} />
            <ViewBar scale={scale} small={phone} />
          </div>
          {phone ? (
            <div id="board-panel" className={css.cardHolder}>
              <Card state={card} onState={setCard} />
            </div>
          ) : (
            <aside id="board-panel" className={css.side} aria-label={words.board.tabs.label} tabIndex={-1}>
              <Tabs />
            </aside>
          )}
        </main>
        {asking && (
          <Suspense fallback={null}>
            <AskedDialog />
          </Suspense>
        )}
      </div>
    </DeskContext>
  )
}
