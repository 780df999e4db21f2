import { useMemo, useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { compare, type PieceDifference, SAME_DRAWING_MM, SAME_LINE_MM } from '../../shared/pattern/compare.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import { useWho } from '../app/signed.ts'
import { Check, Choices, SelectField } from '../design/Fields.tsx'
import { Empty, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import ui from '../design/ui.module.css'
import type { LoadedPattern } from '../patterns/store.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import { useWords } from '../words/words.ts'
import { Differences } from './Differences.tsx'
import { useLines } from './data.ts'
import { Lines } from './Lines.tsx'
import { useNumbers } from './numbers.ts'
import { Picture } from './Picture.tsx'
import { boxAround, sceneOf } from './scene.ts'
import css from './versions.module.css'
import { type View, wholeOf } from './view.ts'

/** Two versions that are there, in one size. */
const Pair = ({ before, after }: { before: LoadedPattern; after: LoadedPattern }) => {
  const texts = useVersionWords()
  const proposals = useProposalWords()
  const who = useWho()
  const { mm } = useNumbers()
  const [size, setSize] = useState(after.pattern.base)
  const [how, setHow] = useState<'over' | 'beside'>('over')
  const [only, setOnly] = useState(true)
  const exact = before.exact && after.exact
  const differences = useMemo(
    () => compare(before.pattern, after.pattern, size, exact ? SAME_LINE_MM : SAME_DRAWING_MM),
    [before, after, size, exact],
  )
  const scene = useMemo(
    () => ({
      old: sceneOf(before.pattern, size, after.layout, before.layout),
      fresh: sceneOf(after.pattern, size, after.layout, before.layout),
    }),
    [before, after, size],
  )
  const changed = new Set<string>(differences.filter(({ is }) => is !== 'same').map(({ piece }) => piece))
  const shown = (traces: typeof scene.old) =>
    only && changed.size > 0 ? traces.filter(({ piece }) => changed.has(piece.id)) : traces
  const [old, fresh] = [shown(scene.old), shown(scene.fresh)]
  const whole = wholeOf(boxAround([...old, ...fresh]))
  // A view belongs to what was shown when it was made: with other pieces in sight all of them are seen again.
  const frame = `${whole.x} ${whole.y} ${whole.width} ${whole.height}`
  const [looked, look] = useState<{ readonly frame: string; readonly view: View } | null>(null)
  const view = looked?.frame === frame ? looked.view : whole
  const onView = (next: View): void => look({ frame, view: next })
  const see = ({ piece }: PieceDifference): void =>
    onView(wholeOf(boxAround([...scene.old, ...scene.fresh].filter((trace) => trace.piece.id === piece))))
  const code = (of: LoadedPattern): string | null =>
    of.exact ? null : `${who.firmName(who.me.person.id)} · ${who.me.person.name} · ${of.code}`
  const stage = { view, whole, onView }
  return (
    <>
      <div className={css.choose}>
        {exact && after.pattern.sizes.length > 1 && (
          <SelectField
            label={texts.compare.size}
            value={String(size)}
            options={after.pattern.sizes.map((name, i) => [
              String(i),
              i === after.pattern.base ? proposals.panel.baseSize({ size: name }) : name,
            ])}
            onValue={(i) => setSize(Number(i))}
          />
        )}
        <Choices<'over' | 'beside'>
          label={texts.compare.how}
          value={how}
          options={[
            ['over', texts.compare.views.over],
            ['beside', texts.compare.views.beside],
          ]}
          onValue={setHow}
        />
        <Check checked={only} onValue={setOnly}>
          {texts.compare.only}
        </Check>
      </div>
      {!exact && <p className={ui.hint}>{texts.compare.drawing({ mm: mm(SAME_DRAWING_MM) })}</p>}
      <div className={how === 'over' ? css.pair : css.differences}>
        {how === 'over' ? (
          <div className={css.differences}>
            <p className={css.legend}>
              <span data-look="old">{texts.compare.oldLine({ n: before.version })}</span>
              <span data-look="new">{texts.compare.newLine({ n: after.version })}</span>
            </p>
            <Picture
              label={texts.compare.picture({ before: before.version, after: after.version, changed: changed.size })}
              code={code(after)}
              {...stage}
            >
              <Lines traces={old} look="old" />
              <Lines traces={fresh} look="new" />
            </Picture>
          </div>
        ) : (
          <div className={css.beside}>
            {(
              [
                [before, old],
                [after, fresh],
              ] as const
            ).map(([of, traces]) => (
              <figure key={of.version}>
                <figcaption>{texts.story.version({ n: of.version })}</figcaption>
                <Picture label={texts.compare.pictureOf({ n: of.version })} code={code(of)} {...stage}>
                  <Lines traces={traces} look="plain" />
                </Picture>
              </figure>
            ))}
          </div>
        )}
        <Differences all={differences} only={only} onSee={see} />
      </div>
    </>
  )
}

/** Any two versions: one over the other, side by side, and in numbers. */
export const Compare = ({
  sheet,
  rows,
  before,
  after,
  onChoose,
}: {
  sheet: Sheet
  rows: readonly VersionRow[]
  before: number
  after: number
  onChoose(before: number, after: number): void
}) => {
  const texts = useVersionWords()
  const words = useWords()
  const [old, fresh] = [useLines(sheet.id, before), useLines(sheet.id, after)]
  if (rows.length < 2) return <Empty title={texts.compare.one} />
  const options = rows.map(({ version }) => [String(version), texts.story.version({ n: version })] as const)
  const problem = old.error ?? fresh.error
  return (
    <>
      <div className={css.choose}>
        <SelectField
          label={texts.compare.before}
          value={String(before)}
          options={options}
          onValue={(n) => onChoose(Number(n), after)}
        />
        <SelectField
          label={texts.compare.after}
          value={String(after)}
          options={options}
          onValue={(n) => onChoose(before, Number(n))}
        />
      </div>
      <Problem
        problem={problem}
        onRetry={() => {
          void old.refetch()
          void fresh.refetch()
        }}
      />
      {old.data && fresh.data ? (
        <Pair key={`${before} ${after}`} before={old.data} after={fresh.data} />
      ) : (
        !problem && <Waiting>{words.app.loading}</Waiting>
      )}
    </>
  )
}
