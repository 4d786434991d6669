/** Bars by ECharts, loaded when the first one is looked at. Drawn on a canvas, for the page allows no inline styles. */
import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer])

export interface Bars {
  title: string
  names: string[]
  values: (number | null)[]
  /** Lying bars for long names. */
  lying: boolean
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Draws the bars into a box, in the colours of the page's theme. */
export function draw(box: HTMLElement, bars: Bars, chart?: ECharts): ECharts {
  const made = chart ?? init(box)
  const text = { color: colour('--ink-2'), fontSize: 12, fontFamily: getComputedStyle(box).fontFamily }
  const names = { type: 'category' as const, data: bars.names, inverse: bars.lying, axisLabel: { ...text, width: bars.lying ? 110 : undefined, overflow: 'truncate' as const, hideOverlap: true }, axisLine: { lineStyle: { color: colour('--line-strong') } }, axisTick: { show: false } }
  const numbers = { type: 'value' as const, minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour('--line') } } }
  made.setOption(
    {
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      aria: { enabled: false },
      grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { type: 'shadow' } },
      xAxis: bars.lying ? numbers : names,
      yAxis: bars.lying ? names : numbers,
      series: [{ type: 'bar', name: bars.title, data: bars.values, itemStyle: { color: colour('--accent'), borderRadius: 2 }, barMaxWidth: 36, label: { show: bars.values.length <= 12, position: bars.lying ? 'right' : 'top', ...text } }],
    },
    true,
  )
  return made
}
