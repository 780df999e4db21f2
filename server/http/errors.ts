import type { FastifyReply } from 'fastify'
import { Refused } from '../refused.ts'
import type { Log } from '../rooms/ports.ts'
import { NotWritten } from '../store/ports.ts'

/** Whatever was thrown, as a refusal that may be told. Anything unforeseen is logged and says `failed`, nothing more. */
export const asRefused = (error: unknown, log: Log): Refused => {
  if (error instanceof Refused) return error
  if (error instanceof NotWritten) {
    log.error({ why: error.why }, 'not written')
    return new Refused(error.why === 'disk-full' ? 'disk-full' : 'failed')
  }
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return new Refused('disk-full')
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500)
    return Number(error.statusCode) === 429 ? new Refused('rate') : new Refused('bad-request')
  log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'unforeseen')
  return new Refused('failed')
}

export const answer = (reply: FastifyReply, refused: Refused): FastifyReply =>
  reply.code(refused.status).header('cache-control', 'no-store').send(refused.body)
