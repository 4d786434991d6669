/** The HTTP client: JSON, problems in words, the CSRF header. It knows nothing of screens. */
import type { Json, Problem } from './envelope'

/** The part of `fetch` that is used, so that a fake server can stand in. */
export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

/** The server answered with a problem. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
    this.name = 'ProblemError'
  }
}

/** There was no answer at all. */
export class OfflineError extends Error {
  constructor() {
    super('offline')
    this.name = 'OfflineError'
  }
}

/** Whoever asked did not want to wait for the answer. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled')
    this.name = 'CancelledError'
  }
}

/** Speaks to one server. */
export class Api {
  /** From the session; goes with everything that changes something. */
  csrf = ''
  /** `zh-CN` or `en`; problems come back in this language. */
  language = 'zh-CN'

  constructor(
    private readonly fetch: Fetch,
    private readonly base = '/api/v1',
  ) {}

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.send<T>('GET', path, undefined, signal)
  }

  /** A file that the server makes, such as a workbook, with the name it gives it. */
  async file(path: string, signal: AbortSignal): Promise<{ blob: Blob; name: string }> {
    const response = await this.request(path, { method: 'GET', headers: { 'accept-language': this.language }, credentials: 'same-origin', signal })
    if (!response.ok) return this.read(response)
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'skein'
    return { blob: await response.blob(), name }
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>('POST', path, body)
  }

  put<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>('PUT', path, body)
  }

  delete<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>('DELETE', path, body)
  }

  /** Sends a file as multipart form data. */
  upload<T>(path: string, file: File): Promise<T> {
    const form = new FormData()
    form.append('file', file, file.name)
    return this.send<T>('POST', path, form)
  }

  private async send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = {
      accept: 'application/json, application/problem+json',
      'accept-language': this.language,
    }
    if (method !== 'GET') headers['x-skein-csrf'] = this.csrf
    const init: RequestInit = { method, headers, credentials: 'same-origin', ...(signal ? { signal } : {}) }
    if (body instanceof FormData) {
      init.body = body
    } else if (body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(body)
    }
    return this.read<T>(await this.request(path, init))
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch(this.base + path, init)
    } catch {
      if (init.signal?.aborted) throw new CancelledError()
      throw new OfflineError()
    }
  }

  private async read<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T
    const text = await response.text()
    let body: Json = null
    try {
      body = text === '' ? null : (JSON.parse(text) as Json)
    } catch {
      body = null
    }
    if (response.ok) return body as T
    throw new ProblemError(asProblem(body, response.status))
  }
}

/** A problem from whatever came; a proxy's HTML page becomes a plain one. */
export function asProblem(body: Json, status: number): Problem {
  if (body !== null && typeof body === 'object' && !Array.isArray(body) && typeof body['title'] === 'string') {
    return body as unknown as Problem
  }
  return { type: 'about:blank', title: `HTTP ${String(status)}`, status, detail: '', code: `HTTP-${String(status)}` }
}

/** `?a=1&b=2` of what is set. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
