import { type Code, STATUS } from '../shared/protocol/codes.ts'

export type Params = Readonly<Record<string, string | number>>

/** A no with its code; becomes `{ error: { code, params } }` with the code's status, on HTTP and on the live channel alike. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: Code
  readonly params: Params | undefined
  constructor(code: Code, params?: Params) {
    super(code)
    this.code = code
    this.params = params
  }

  get status(): number {
    return STATUS[this.code]
  }

  get body(): { error: { code: Code; params?: Params } } {
    return { error: this.params === undefined ? { code: this.code } : { code: this.code, params: this.params } }
  }
}
