import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { Icon, type IconName } from '../brand/icons.tsx'
import { Waiting } from '../design/Trade.tsx'
import { fetchAhead } from '../proposals/ahead.ts'
import { part } from '../sync/part.ts'
import { useWords } from '../words/words.ts'
import { type TabId, useDesk } from './desk.ts'
import { ListPanel } from './ListPanel.tsx'
import css from './panels.module.css'
import { ThreadPanel } from './ThreadPanel.tsx'
import { useWatched } from './watch.ts'

const SheetsPanel = lazy(() => part(() => import('./SheetsPanel.tsx')))
const LookedPanel = lazy(() => part(() => import('./LookedPanel.tsx')))
const DraftsPanel = lazy(() => part(() => import('./DraftsPanel.tsx')))
const ProposingPanel = lazy(() => part(() => import('../proposals/ProposingPanel.tsx')))

const ICONS: Record<TabId, IconName> = {
  list: 'list',
  thread: 'thread',
  sheets: 'layers',
  looked: 'register',
  drafts: 'draft',
  proposal: 'propose',
}

/** The panel beside the canvas: marks, the thread in hand, sheets, who looked, and drafts while there are any. */
export const Tabs = () => {
  const words = useWords()
  const id = useId()
  const { session, tab, openTab, selected } = useDesk()
  const drafts = useWatched(session.drafts)
  const records = useWatched(session.records)
  const panel = useRef<HTMLDivElement>(null)
  const place = tab === 'thread' ? `${tab}/${selected}` : tab
  // Whoever opened a thread from the list, or from a link in another, would stand nowhere once that is gone: they go on in the panel.
  const shown = useRef(place)
  useEffect(() => {
    if (shown.current !== place && document.activeElement === document.body) panel.current?.focus()
    shown.current = place
  }, [place])
  // Each panel is found where it was left, and another thread is read from its beginning.
  const scrolled = useRef(new Map<string, number>())
  useLayoutEffect(() => {
    if (!panel.current) return
    panel.current.scrollTop = scrolled.current.get(place) ?? 0
    // A form that opens with it has taken the focus already.
    if (panel.current.contains(document.activeElement)) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const hasPattern = records.sheets.some(({ away }) => !away)
  useEffect(() => {
    if (hasPattern) void fetchAhead()
  }, [hasPattern])
  const tabs: readonly TabId[] = [
    'list',
    'thread',
    'sheets',
    'looked',
    ...(hasPattern || tab === 'proposal' ? (['proposal'] as const) : []),
    ...(drafts.length > 0 || tab === 'drafts' ? (['drafts'] as const) : []),
  ]
  const onKeyDown = (e: KeyboardEvent): void => {
    const at = tabs.indexOf(tab)
    const next =
      e.key === 'ArrowRight'
        ? tabs[(at + 1) % tabs.length]
        : e.key === 'ArrowLeft'
          ? tabs[(at + tabs.length - 1) % tabs.length]
          : e.key === 'Home'
            ? tabs[0]
            : e.key === 'End'
              ? tabs.at(-1)
              : undefined
    if (!next) return
    e.preventDefault()
    openTab(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <div className={css.tabs}>
      <div role="tablist" aria-label={words.board.tabs.label} className={css.tabList}>
        {tabs.map((one) => (
          <button
            key={one}
            id={`${id}-${one}`}
            type="button"
            role="tab"
            aria-selected={tab === one}
            aria-controls={tab === one ? `${id}-panel` : undefined}
            tabIndex={tab === one ? 0 : -1}
            onClick={() => openTab(one)}
            onKeyDown={onKeyDown}
          >
            <Icon name={ICONS[one]} />
            <span>
              {words.board.tabs[one]}
              {one === 'drafts' && drafts.length > 0 && ` (${drafts.length})`}
            </span>
          </button>
        ))}
      </div>
      <div
        ref={panel}
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by keys
        tabIndex={0}
        className={css.tabPanel}
        onScroll={(e) => {
          if (e.target === e.currentTarget) scrolled.current.set(place, e.currentTarget.scrollTop)
        }}
      >
        <h2 className="unseen">{words.board.tabs[tab]}</h2>
        <Suspense fallback={<Waiting>{words.app.loading}</Waiting>}>
          {tab === 'list' && <ListPanel />}
          {tab === 'thread' && <ThreadPanel />}
          {tab === 'sheets' && <SheetsPanel />}
          {tab === 'looked' && <LookedPanel />}
          {tab === 'drafts' && <DraftsPanel />}
          {tab === 'proposal' && <ProposingPanel />}
        </Suspense>
      </div>
    </div>
  )
}
