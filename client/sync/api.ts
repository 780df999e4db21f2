import type { Refusal } from '../../shared/protocol/api.ts'

/** A refusal of the server, or `network` with status 0 where it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** HTTP status; 0 where there was no answer, or where the answer came over Socket.IO. */
  readonly status: number
  constructor(code: string, params: Readonly<Record<string, string | number>> = {}, status = 0) {
    super(code)
    this.code = code
    this.params = params
    this.status = status
  }
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' &&
  value !== null &&
  'error' in value &&
  typeof value.error === 'object' &&
  value.error !== null &&
  'code' in value.error &&
  typeof value.error.code === 'string'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One JSON request to this server.
 *
 * @param path begins with `/api/`.
 * @throws {ApiError} with the refusal's code; `network` where no answer came, `unreadable` where it was none of ours.
 * @throws {DOMException} `AbortError` when `signal` was aborted.
 */
export type Api = <T>(method: Method, path: string, body?: unknown, signal?: AbortSignal) => Promise<T>

/** @param origin empty for the page's own. */
export const apiAt =
  (origin: string, fetcher: typeof fetch = (...args) => fetch(...args)): Api =>
  async <T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> => {
    let response: Response
    try {
      response = await fetcher(`${origin}${path}`, {
        method,
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        ...(signal ? { signal } : {}),
      })
    } catch (problem) {
      if (signal?.aborted) throw problem
      throw new ApiError('network')
    }
    const text = await response.text().catch(() => '')
    let value: unknown
    try {
      value = text === '' ? undefined : JSON.parse(text)
    } catch {
      throw new ApiError('unreadable', {}, response.status)
    }
    if (response.ok) return value as T
    if (isRefusal(value)) throw new ApiError(value.error.code, value.error.params ?? {}, response.status)
    throw new ApiError('unreadable', {}, response.status)
  }

/** Requests to the server that the page came from. */
export const api: Api = apiAt('')
