// A chart: uPlot in the colours of the style, as wide as there is room, redrawn when the theme or the language changes.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colour, theme } from "../app/theme";
import { language } from "../words/say";

export interface Line {
  label: string;
  /** A colour token. */
  colour: string;
  /** As bars; a line otherwise. */
  bars?: boolean;
  stepped?: boolean;
  dash?: number[];
  scale?: string;
}

interface ChartProps {
  /** What it shows, for those who do not see it. */
  label: string;
  x: number[];
  lines: Line[];
  values: (number | null)[][];
  /** What ticks of x may lie apart. */
  steps: number[];
  /** How a value of x is written. */
  tick: (value: number) => string;
  /** How a value of y is written. */
  show: (value: number) => string;
  height?: number;
  max?: number;
}

/** What ticks of counts may lie apart: there is no half unit. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];

function series(line: Line, show: (value: number) => string): uPlot.Series {
  const stroke = colour(line.colour);
  const paths = line.bars ? uPlot.paths.bars?.({ size: [0.8, 40] }) : line.stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    label: line.label, stroke, width: line.bars ? 0 : 1.5, points: { show: false }, spanGaps: false,
    value: (_, value) => (value == null ? "—" : show(value)),
    ...(line.bars && { fill: stroke }), ...(paths && { paths }), ...(line.dash && { dash: line.dash }),
  };
}

function options({ lines, steps, tick, show, height = 220, max }: ChartProps, width: number): uPlot.Options {
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: colour("ink-2"), font, grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 } };
  return {
    width, height, series: [{ value: (_, value) => (value == null ? "" : tick(value)) }, ...lines.map((line) => series(line, show))],
    scales: { x: { time: false }, y: { range: (_, low, high) => [Math.min(0, low), max ?? Math.max(1, high * 1.05)] } },
    axes: [
      { ...axis, incrs: steps, values: (_, all) => all.map(tick) },
      { ...axis, size: 46, ...(max === undefined && { incrs: WHOLE }), values: (_, all) => all.map((value) => (value == null ? "" : show(value))) },
    ],
    legend: { live: true },
    cursor: { drag: { x: false, y: false } },
  };
}

export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const key = JSON.stringify([props.x, props.values, props.lines.map((line) => line.label), theme.value, language.value]);
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    const data = [latest.current.x, ...latest.current.values] as uPlot.AlignedData;
    const plot = new uPlot(options(latest.current, at.clientWidth), data, at);
    const watch = new ResizeObserver(() => plot.setSize({ width: at.clientWidth, height: latest.current.height ?? 220 }));
    watch.observe(at);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [key]);
  return <div class="chart" ref={box} role="img" aria-label={props.label} />;
}
