/** Readings of Han characters, from the table of `pinyin-pro`; a chunk of its own because it is large. */
import { polyphonic } from 'pinyin-pro'
import type { Reader } from './names'

const SURNAMES: Record<string, string> = {
  单: 'shan', 解: 'xie', 查: 'zha', 仇: 'qiu', 曾: 'zeng', 任: 'ren', 朴: 'piao', 盖: 'ge', 区: 'ou', 覃: 'qin', 翟: 'zhai', 缪: 'miao',
  乐: 'yue', 么: 'yao', 秘: 'bi', 折: 'she', 冼: 'xian', 员: 'yun', 燕: 'yan', 华: 'hua', 纪: 'ji', 那: 'na', 过: 'guo', 谌: 'chen',
  种: 'chong', 召: 'shao', 牟: 'mu', 隗: 'wei', 郗: 'xi', 尉: 'yu', 万: 'mo', 俟: 'qi', 长: 'zhang', 石: 'shi', 柏: 'bai', 宁: 'ning',
}

/** Every toneless reading of one character, a surname's reading first. */
export const reader: Reader = (char) => {
  const [all = ''] = polyphonic(char, { toneType: 'none', v: true })
  const readings = all.split(' ').filter((reading) => /^[a-z]+$/.test(reading))
  const surname = SURNAMES[char]
  return [...new Set(surname ? [surname, ...readings] : readings)]
}
