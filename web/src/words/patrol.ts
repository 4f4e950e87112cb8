// What the pages of patrol plans and of runs that are kept say.
import type { Pair } from "./say";

export const PATROL = {
  patrols: ["Patrols", "巡逻"],
  hint: ["Beats where units stand by when they are free, and which unit is where at which hours. It holds once it was tried on other days, a second person approved it, and it was published.", "巡区为力量空闲时的驻守点，并安排各单元的时段。经其他日期推演、第二人批准并发布后生效。"],
  spots: ["Hot spots of the city", "本市热点"],
  noSpots: ["The city's file names no hot spots: point at places on the map.", "城市数据未配置热点：请在地图上点选。"],
  take: ["Take as a beat", "设为巡区"],
  point: ["Point at a place on the map", "在地图上点选"],
  pointing: ["Point at the place on the map. Escape leaves it.", "在地图上点选位置，Esc 取消。"],
  beat: ["Beat {n}", "巡区 {n}"],
  beats: ["Beats and tours", "巡区与班次"],
  none: ["No beats yet", "尚无巡区"],
  name: ["Name of the beat", "巡区名称"],
  remove: ["Take it out", "移除"],
  unit: ["Unit", "单元"],
  from: ["From", "起"],
  until: ["Until", "止"],
  add: ["Add a tour", "添加班次"],
  tour: ["{unit}, every day {from} to {until}", "{unit}，每日 {from} 至 {until}"],
  noTours: ["Nobody is there yet", "尚未安排单元"],
  twice: ["{unit} is on another beat at these hours", "{unit} 在此时段已被安排在其他巡区"],
  nobody: ["Nobody is on duty: units are named once they are.", "当前无在岗单元。"],
  planName: ["Name of the plan", "方案名称"],
  planNameZh: ["Name in Chinese", "中文名称"],
  area: ["Area", "区域"],
  whole: ["The whole city", "全市"],
  fitted: ["Days whose calls the beats were chosen by", "选定巡区所依据的日期"],
  fittedHint: ["As 2024-01-08; the plan is tried on others", "如 2024-01-08；须在其他日期推演"],
  propose: ["Propose it", "提交方案"],
  proposed: ["Proposed, and on record", "方案已提交入档"],
  hours: [{ one: "{n} hour of units on beats a week", other: "{n} hours of units on beats a week" }, "每周巡区驻守 {n} 单元小时"],
  publishSure: ["Make {plan} hold from now on?", "确认发布 {plan}？"],
} satisfies Record<string, Pair>;

export const KEPT = {
  title: ["Runs that are kept", "已保留的计算"],
  says: ["{at}, {who}", "{at}，{who}"],
  show: ["Show", "查看"],
  again: ["Start again", "重新开始"],
  short: ["Stopped after {runs} of {of} runs: the figures are of these.", "在 {of} 次运行中完成 {runs} 次后停止，数据仅含这些运行。"],
} satisfies Record<string, Pair>;
