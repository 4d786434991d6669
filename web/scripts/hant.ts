/** Traditional Chinese at build time: a module asked for with `?hant` is the same module with its texts converted. */
import { readFile } from 'node:fs/promises'
import { Converter } from 'opencc-js/cn2t'
import type { Plugin } from 'vite'

const MARK = '?hant'
// Characters as Taiwan writes them, words as they are: the server converts its own texts the same way.
const convert = Converter({ from: 'cn', to: 'tw' })

/** Which texts are converted: the Chinese source beside each screen, and what is gathered from it. */
const SOURCE = /(\.zh|\/groups)(\.ts)?$/

export function hant(): Plugin {
  return {
    name: 'skein-hant',
    enforce: 'pre',
    async resolveId(source, importer) {
      const asked = source.endsWith(MARK)
      const plain = asked ? source.slice(0, -MARK.length) : source
      // A converted module's own texts are converted too.
      if (!asked && !(importer?.endsWith(MARK) && SOURCE.test(source))) return null
      const found = await this.resolve(plain, importer?.replace(MARK, ''), { skipSelf: true })
      return found && { ...found, id: found.id + MARK }
    },
    async load(id) {
      if (!id.endsWith(MARK)) return null
      const path = id.slice(0, -MARK.length)
      this.addWatchFile(path)
      return { code: convert(await readFile(path, 'utf8')), moduleType: 'ts' }
    },
  }
}
