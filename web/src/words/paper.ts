// What the paper board and the entry of what was on paper say.
import type { Pair } from "./say";

export const PAPER = {
  paper: ["Paper", "纸质"],
  print: ["Print the board", "打印看板"],
  title: ["Board of {city}", "{city} 看板"],
  asOf: ["as of {at}, record {seq}", "截至 {at}，第 {seq} 条记录"],
  incidents: ["Open incidents", "未结警情"],
  units: ["Units on duty", "在岗力量"],
  none: ["none", "无"],
  place: ["Place", "地点"],
  sent: ["Sent", "已派"],
  happened: ["Happened at", "发生时间"],
  notes: ["Notes", "备注"],
  blank: ["To be filled in while everything is down, and entered afterwards with the time it happened.", "系统停用期间手工填写，恢复后按发生时间补录。"],
  time: ["Time", "时间"],
  what: ["What", "事项"],
  incident: ["Incident", "警情"],
  unit: ["Unit", "力量"],
  by: ["By", "经手"],
  entry: ["Entry of what was on paper", "纸质记录补录"],
  entryHint: ["Each entry is recorded with both times: when it happened and when it was entered.", "每条补录同时记录发生时间和补录时间。"],
  enter: ["Enter", "补录"],
  entered: ["Entered", "已补录"],
  type: ["Type", "类型"],
  placeMissing: ["Choose a place from the list", "请从列表选择地点"],
  timeMissing: ["Say when it happened", "请填写发生时间"],
  unitMissing: ["No unit on duty is called that", "没有该呼号的在岗力量"],
  incidentMissing: ["No incident on the board has that number", "看板上没有该编号的警情"],
  disposition: ["How it ended", "处置结果"],
  text: ["Text", "内容"],
} satisfies Record<string, Pair>;

export const STEP = {
  intake: ["New incident", "接警"],
  dispatch: ["Unit sent", "派警"],
  acknowledge: ["Acknowledged", "接令"],
  "en-route": ["En route", "出发"],
  "on-scene": ["On scene", "到场"],
  clear: ["Clear", "处毕"],
  note: ["Note", "备注"],
  resolve: ["Closed", "结警"],
} satisfies Record<string, Pair>;
