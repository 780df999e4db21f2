import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { type EdgeId, edgeOf, type Pattern, type PieceId } from '../../shared/pattern/model.ts'
import { type FieldName, type FieldOf, fieldsOf, type Operation, settle } from '../../shared/pattern/operation.ts'
import { STITCH, type StitchCode, startOf, stitchLength } from '../../shared/pattern/stitches.ts'
import { usePrefs } from '../app/prefs.ts'
import { useWho } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { Check, SelectField, TextField } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { Amount } from './Amount.tsx'
import { LookFields } from './LookFields.tsx'
import css from './proposals.module.css'
import { StitchPicker } from './StitchPicker.tsx'
import { edgeName, featureOptions } from './starts.ts'
import type { OnBench } from './workbench.ts'

interface Props {
  readonly bench: OnBench
  onTurn(operation: Operation): void
}
interface FieldProps<V> {
  readonly label: string
  readonly value: V
  onValue(value: V): void
}

const Share = ({ label, value, onValue }: FieldProps<number>) => (
  <label className={css.share}>
    <span className={ui.label}>{label}</span>
    <input
      type="range"
      min={0}
      max={100}
      step={1}
      value={Math.round(value * 100)}
      onChange={(e) => onValue(Number(e.currentTarget.value) / 100)}
    />
    <output>{Math.round(value * 100)} %</output>
  </label>
)

const useEdgeOptions = (pattern: Pattern): readonly (readonly [string, string])[] => {
  const texts = useProposalWords()
  return pattern.pieces.flatMap((piece) =>
    piece.edges.map(({ id }) => {
      const edge = edgeName(pattern, id, texts.panel.nthEdge)
      return [id as string, texts.panel.edgeOf({ edge, piece: piece.name })] as const
    }),
  )
}

/** Some edges: chips that can be taken away, and a list to add from. */
const Edges = ({
  label,
  value,
  onValue,
  pattern,
  max,
}: FieldProps<readonly EdgeId[]> & { pattern: Pattern; max: number }) => {
  const texts = useProposalWords()
  const options = useEdgeOptions(pattern)
  const nameOf = (id: string): string => options.find(([one]) => one === id)?.[1] ?? id
  const left = options.filter(([id]) => !value.includes(id as EdgeId))
  return (
    <fieldset className={ui.field}>
      <legend className={ui.label}>{label}</legend>
      <ul className={css.chips}>
        {value.map((id) => (
          <li key={id}>
            <span>{nameOf(id)}</span>
            {value.length > 1 && (
              <Button
                small
                look="quiet"
                icon="close"
                iconOnly
                onClick={() => onValue(value.filter((one) => one !== id))}
              >
                {texts.panel.without({ edge: nameOf(id) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {left.length > 0 && value.length < max && (
        <SelectField
          label={texts.panel.addEdge}
          value=""
          options={[['', texts.panel.chooseEdge], ...left]}
          onValue={(id) => {
            if (id !== '') onValue([...value, id as EdgeId])
          }}
        />
      )}
    </fieldset>
  )
}

const Pieces = ({ label, value, onValue, pattern }: FieldProps<readonly PieceId[]> & { pattern: Pattern }) => (
  <fieldset className={ui.field}>
    <legend className={ui.label}>{label}</legend>
    {pattern.pieces.map(({ id, name }) => (
      <Check
        key={id}
        checked={value.includes(id)}
        onValue={(on) => {
          const next = on ? [...value, id] : value.filter((one) => one !== id)
          if (next.length > 0) onValue(next)
        }}
      >
        {name}
      </Check>
    ))}
  </fieldset>
)

const One = ({ name, field, bench, onTurn }: Props & { name: FieldName; field: FieldOf }) => {
  const texts = useProposalWords()
  const words = useWords()
  const { unit } = usePrefs()
  const { operation, before } = bench
  const edges = useEdgeOptions(before)
  const label = texts.fields[name]
  const value = (operation as unknown as Readonly<Record<string, unknown>>)[name]
  const set = (next: unknown): void => onTurn(settle({ ...operation, [name]: next } as unknown as Operation))
  switch (field.is) {
    case 'mm':
      return (
        <Amount
          label={label}
          value={value as number}
          onValue={set}
          unit={unit === 'cm' ? words.board.view.cm : words.board.view.inch}
          per={unit === 'cm' ? 10 : MM_PER_INCH}
          min={field.min}
          max={field.max}
        />
      )
    case 'degrees':
      return (
        <Amount label={label} value={value as number} onValue={set} unit="°" per={1} min={field.min} max={field.max} />
      )
    case 'count':
      return name === 'seam' ? (
        <SelectField
          label={label}
          value={String(value)}
          options={Object.entries(texts.seams).map(([n, text]) => [n, `${n} · ${text}`] as const)}
          onValue={(n) => set(Number(n))}
        />
      ) : (
        <Amount label={label} value={value as number} onValue={set} unit="" per={1} min={field.min} max={field.max} />
      )
    case 'share':
      return <Share label={label} value={value as number} onValue={set} />
    case 'choice':
      return name === 'stitch' ? null : (
        <SelectField
          label={label}
          value={value as string}
          options={field.of.map((one) => [one, texts.choices[one as keyof typeof texts.choices]] as const)}
          onValue={set}
        />
      )
    case 'yes':
      return (
        <Check checked={value as boolean} onValue={set}>
          {label}
        </Check>
      )
    case 'text':
      return <TextField label={label} value={value as string} maxLength={field.max} optional onValue={set} />
    case 'colour':
      return (
        <label className={css.colour}>
          <span className={ui.label}>{label}</span>
          <input type="color" value={(value as string) || '#8a5a00'} onChange={(e) => set(e.currentTarget.value)} />
        </label>
      )
    case 'edges':
      return <Edges label={label} value={value as EdgeId[]} onValue={set} pattern={before} max={field.max} />
    case 'pieces':
      return <Pieces label={label} value={value as PieceId[]} onValue={set} pattern={before} />
    case 'edge': {
      // The edge that the proposal begins from is chosen above; the others are named here.
      const isSecond = !['edge', 'in'].includes(name)
      const piece = edgeOf(before, value as EdgeId)?.piece
      const inPiece =
        name === 'b' || name === 'a' ? edges : edges.filter(([id]) => piece?.edges.some((one) => one.id === id))
      return isSecond ? <SelectField label={label} value={value as string} options={inPiece} onValue={set} /> : null
    }
    case 'piece':
      return null
    case 'notch':
    case 'drill':
    case 'internal':
      return (
        <SelectField
          label={label}
          value={value as string}
          options={featureOptions(before, field.is, (n) => texts.panel.nth({ n }))}
          onValue={set}
        />
      )
    case 'path':
      return name === 'via' ? (
        <div className={ui.actions}>
          <Button
            small
            icon="add"
            disabled={(value as number[]).length >= 2 * field.max}
            onClick={() => set([...(value as number[]), 0.5, 0.5])}
          >
            {texts.panel.addPoint}
          </Button>
          {(value as number[]).length > 0 && (
            <Button small look="quiet" onClick={() => set((value as number[]).slice(0, -2))}>
              {texts.panel.removePoint}
            </Button>
          )}
        </div>
      ) : null
  }
}

/** Every parameter of an operation as a control: whatever can be dragged on the canvas can be typed here. */
export const OperationForm = ({ bench, onTurn }: Props) => {
  const texts = useProposalWords()
  const format = useFormats()
  const { starts } = useWho().me
  const { operation } = bench
  if (operation.op === 'look' || operation.op === 'lookArea')
    return <LookFields operation={operation} onTurn={onTurn} />
  return (
    <div className={css.fields}>
      {operation.op === 'stitch' && (
        <>
          <StitchPicker
            value={operation.stitch as StitchCode}
            onValue={(stitch) => {
              const start = startOf(stitch, starts)
              const count = STITCH[stitch].needles[0] ?? 1
              const gauge = count > 1 ? start.gauge : 0
              onTurn(
                settle({ ...operation, stitch, spi: start.spi, needles: count, gauge, allowance: start.allowance }),
              )
            }}
          />
          <p className={ui.hint}>
            {texts.stitchFacts.length({ spi: String(operation.spi), mm: format.number(stitchLength(operation.spi)) })}
          </p>
        </>
      )}
      {Object.entries(fieldsOf(operation.op)).map(([name, field]) => (
        <One key={name} name={name as FieldName} field={field} bench={bench} onTurn={onTurn} />
      ))}
    </div>
  )
}
