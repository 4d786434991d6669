/** Sending a file with its progress, which `fetch` does not tell. It knows nothing of screens. */
import { type Api, asProblem, CancelledError, OfflineError, ProblemError } from './api'
import type { Json } from './envelope'

/** How far a file is on its way: bytes sent, bytes in all. */
export type Progress = (done: number, total: number) => void

/** Sends a file as multipart form data; ends with {@link CancelledError} when the signal says so. */
export function upload<T>(api: Api, path: string, file: Blob, name: string, progress: Progress, signal: AbortSignal): Promise<T> {
  const form = new FormData()
  form.append('file', file, name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept', 'application/json, application/problem+json')
    request.setRequestHeader('accept-language', api.language)
    request.setRequestHeader('x-skein-csrf', api.csrf)
    request.upload.onprogress = (event) => progress(event.loaded, event.total)
    request.onerror = () => reject(new OfflineError())
    request.onabort = () => reject(new CancelledError())
    request.onload = () => {
      let body: Json = null
      try {
        body = JSON.parse(request.responseText) as Json
      } catch {
        body = null
      }
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else reject(new ProblemError(asProblem(body, request.status)))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
