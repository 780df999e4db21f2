import { useId, useState } from 'react'
import { type Operation, type OperationOf, settle } from '../../shared/pattern/operation.ts'
import { isOwnSwatch, type OwnSwatch, type Swatch, TEXTURES, TRIMS } from '../../shared/pattern/swatches.ts'
import { Button } from '../design/Button.tsx'
import { Check, Choices, NumberField, TextField, toNumber } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { addCorner, cornersOf, dropCorner, moveCorner } from './area.ts'
import { OwnSwatchField } from './OwnSwatchField.tsx'
import { OwnSwatchPicture } from './OwnSwatchPicture.tsx'
import css from './proposals.module.css'
import { SwatchPicture } from './SwatchPicture.tsx'
import { SWATCH_DRAWING } from './swatches.ts'
import { useEarlierSwatches } from './useEarlierSwatches.ts'

type Looking = OperationOf<'look'> | OperationOf<'lookArea'>
type Kind = Looking['kind']

/** What each kind of look begins with. */
const BEGIN: Record<Kind, { readonly swatch: Swatch | ''; readonly colour: string }> = {
  textura: { swatch: 'mezclilla', colour: '' },
  color: { swatch: '', colour: '#1f4e9a' },
  habilitacion: { swatch: 'boton', colour: '' },
}

const SwatchPicker = ({
  swatches,
  label,
  value,
  colour,
  mine,
  onValue,
}: {
  swatches: readonly Swatch[]
  label: string
  value: Swatch | OwnSwatch | ''
  colour: string
  /** What their firm brought to this board, the latest first. */
  mine: readonly OwnSwatch[]
  onValue(swatch: Swatch | OwnSwatch): void
}) => {
  const { looks } = useWorkshopWords()
  const name = useId()
  return (
    <fieldset className={ui.field}>
      <legend className={ui.label}>{label}</legend>
      <div className={css.stitches}>
        {mine.map((swatch) => (
          <label key={swatch.own} className={css.stitchChoice}>
            <input
              type="radio"
              name={name}
              checked={isOwnSwatch(value) && value.own === swatch.own}
              onChange={() => onValue(swatch)}
            />
            <OwnSwatchPicture swatch={swatch} named />
            <span>{swatch.name}</span>
          </label>
        ))}
        {swatches.map((swatch) => (
          <label key={swatch} className={css.stitchChoice}>
            <input type="radio" name={name} checked={swatch === value} onChange={() => onValue(swatch)} />
            <SwatchPicture swatch={swatch} colour={swatch === value ? colour : ''} />
            <span>{looks.swatches[swatch]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One number of a corner in per cent. What is typed stays as typed while it means the same. */
const Percent = ({ label, value, onValue }: { label: string; value: number; onValue(value: number): void }) => {
  const { looks } = useWorkshopWords()
  const shown = String(Math.round(value * 1000) / 10)
  const [typed, setTyped] = useState({ text: shown, value })
  const text = typed.value === value ? typed.text : shown
  const number = toNumber(text)
  return (
    <NumberField
      label={label}
      unit="%"
      value={text}
      wrong={number >= 0 && number <= 100 ? null : looks.percent}
      onValue={(next) => {
        const n = toNumber(next) / 100
        const isFine = n >= 0 && n <= 1
        const kept = isFine ? Math.round(n * 1e6) / 1e6 : value
        setTyped({ text: next, value: kept })
        if (isFine) onValue(kept)
      }}
    />
  )
}

const Corners = ({ operation, onTurn }: { operation: OperationOf<'lookArea'>; onTurn(operation: Operation): void }) => {
  const { looks } = useWorkshopWords()
  const corners = cornersOf(operation.area)
  return (
    <fieldset className={ui.field}>
      <legend className={ui.label}>{looks.corners}</legend>
      <p className={ui.hint}>{looks.cornersHint}</p>
      {corners.map((corner, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the line
        <div key={i} className={css.corner}>
          <Percent
            label={looks.cornerX({ n: i + 1 })}
            value={corner.x}
            onValue={(x) => onTurn(moveCorner(operation, i, { ...corner, x }))}
          />
          <Percent
            label={looks.cornerY({ n: i + 1 })}
            value={corner.y}
            onValue={(y) => onTurn(moveCorner(operation, i, { ...corner, y }))}
          />
          {corners.length > 3 && (
            <Button small look="quiet" icon="close" iconOnly onClick={() => onTurn(dropCorner(operation, i))}>
              {looks.dropCorner({ n: i + 1 })}
            </Button>
          )}
        </div>
      ))}
      {corners.length < 60 && (
        <div className={ui.actions}>
          <Button small icon="add" onClick={() => onTurn(addCorner(operation))}>
            {looks.addCorner}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** The parameters of a look: which cloth or trim, in which colour, in words, and where on a sheet. */
export const LookFields = ({ operation, onTurn }: { operation: Looking; onTurn(operation: Operation): void }) => {
  const texts = useProposalWords()
  const { looks } = useWorkshopWords()
  const { kind, swatch, colour } = operation
  const turn = (change: Partial<Looking>): void => onTurn(settle({ ...operation, ...change } as Operation))
  const own = isOwnSwatch(swatch) ? swatch : null
  const [brought, bring] = useState<OwnSwatch | null>(null)
  const earlier = useEarlierSwatches()
  const fresh = [own, brought].find((one) => one && !earlier.some((known) => known.own === one.own))
  // Each stays at its place while it is chosen and renamed: radio buttons that wander are lost.
  const mine = [...(fresh ? [fresh] : []), ...earlier].map((one) => (one.own === own?.own ? own : one))
  const asItIs = swatch === '' || isOwnSwatch(swatch) ? '#8a5a00' : SWATCH_DRAWING[swatch].colour
  return (
    <div className={css.fields}>
      <Choices<Kind>
        label={texts.fields.kind}
        value={kind}
        options={(['textura', 'color', 'habilitacion'] as const).map((one) => [one, texts.choices[one]])}
        onValue={(next) => turn(own && next !== 'color' ? { kind: next } : { kind: next, ...BEGIN[next] })}
      />
      {kind !== 'color' && (
        <SwatchPicker
          swatches={kind === 'textura' ? TEXTURES : TRIMS}
          label={kind === 'textura' ? texts.fields.swatch : looks.trim}
          value={swatch}
          colour={colour}
          mine={mine}
          onValue={(next) => {
            bring(own ?? brought)
            turn(isOwnSwatch(next) ? { swatch: next, colour: '' } : { swatch: next })
          }}
        />
      )}
      {kind !== 'color' && <OwnSwatchField value={own} onValue={(next) => turn({ swatch: next, colour: '' })} />}
      {kind !== 'color' && !own && (
        <Check checked={colour !== ''} onValue={(on) => turn({ colour: on ? asItIs : '' })}>
          {looks.ownColour}
        </Check>
      )}
      {colour !== '' && (
        <label className={css.colour}>
          <span className={ui.label}>{texts.fields.colour}</span>
          <input type="color" value={colour} onChange={(e) => turn({ colour: e.currentTarget.value })} />
        </label>
      )}
      <TextField
        label={texts.fields.words}
        value={operation.words}
        maxLength={200}
        optional
        onValue={(words) => turn({ words })}
      />
      {operation.op === 'lookArea' && <Corners operation={operation} onTurn={onTurn} />}
    </div>
  )
}
