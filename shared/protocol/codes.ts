import type { Reason } from '../access/rules.ts'
import { MEDIA_REFUSAL_CODES, type MediaRefusalCode } from './report.ts'

/**
 * Codes with which the HTTP interface and the live channel say no, each with its status. What may not be known is
 * answered `not-found`, byte for byte as what does not exist. Sentences are the client's, in the reader's language.
 */
const own = {
  /** The body, a parameter or an argument is not what the schema says. */
  'bad-request': 400,
  'unknown-command': 400,
  'signed-out': 401,
  /** E-mail and password do not belong together; never says which of the two. */
  'wrong-sign-in': 401,
  /** The current password is not right. */
  'wrong-password': 403,
  /** A page of another site asked. */
  'foreign-origin': 403,
  /** A host name that this server does not go by. */
  'foreign-host': 421,
  'already-begun': 409,
  'email-taken': 409,
  /** The password is among the most common ones, or is the e-mail or the name itself. */
  'password-common': 400,
  'invitation-unknown': 404,
  'invitation-used': 410,
  /** `until`: when it ended. */
  'invitation-ended': 410,
  'invitation-withdrawn': 410,
  /** An end that has passed or is too far away; `most`: days. */
  'bad-until': 400,
  /** Of the firm, as its boards are; `most` of each. */
  'too-many-collections': 409,
  'too-many-boards': 409,
  'too-many-sheets': 409,
  /** The firm has used the room it has; `most`: bytes. */
  'quota-bytes': 413,
  /** `most`: files a day. */
  'quota-uploads': 429,
  /** `seconds`: until it may be tried again. */
  'too-many-tries': 429,
  rate: 429,
  /** A restart came in the middle of a conversion. */
  interrupted: 409,
  /** What a file asks was answered before, or it asks nothing. */
  answered: 409,
  /** A proposal is not what it was any more when it was answered. */
  changed: 409,
  /** The operation cannot be carried out on the pattern as it is; `why`: a code of the operation, with where and how much. */
  'not-applied': 409,
  /** What its owner tells of a pattern does not hold for it; `why`: a code of the details. */
  'not-told': 409,
  /** The person is not on this board now. */
  'not-here': 409,
  'disk-full': 507,
  failed: 500,
  starting: 503,
  stopping: 503,
} as const

const reasons: Record<Reason, number> = {
  'not-found': 404,
  'not-office': 403,
  'not-your-firm': 403,
  'not-admin': 403,
  'not-mentor-admin': 403,
  'not-author': 403,
  'others-replied': 409,
  'not-owner-or-author': 403,
  level: 403,
  decided: 409,
  'foreign-swatch': 403,
}

const media = Object.fromEntries(MEDIA_REFUSAL_CODES.map((code) => [code, 422])) as Record<MediaRefusalCode, number>

export const STATUS = { ...media, 'too-large': 413, 'unknown-kind': 415, ...reasons, ...own } as const
export type Code = keyof typeof own | Reason | MediaRefusalCode
