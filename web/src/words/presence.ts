// What the overlay of presence says: streets by how often they were passed, and hot spots by their visits.
import type { Pair } from "./say";

export const PRESENCE = {
  presence: ["Presence", "见警"],
  title: ["Streets passed, last {n} h", "近 {n} 小时巡逻经过"],
  span: ["Hours back", "回看小时数"],
  hours: ["{n} h", "{n} 小时"],
  never: ["not once", "未经过"],
  few: ["1 or 2 times", "1–2 次"],
  some: ["3 to 9 times", "3–9 次"],
  often: ["10 and more", "10 次以上"],
  spots: ["Hot spots", "重点部位"],
  noSpots: ["The city names no hot spots.", "城市未设重点部位。"],
  due: ["visit due", "应到访"],
  kept: ["visited in time", "到访及时"],
  there: ["somebody is there", "有人在场"],
  dueCount: [{ one: "{n} visit due", other: "{n} visits due" }, "{n} 处应到访"],
  dueNow: ["due now", "现在应到访"],
  dueIn: ["due in {for}", "{for}后应到访"],
  overdue: ["due since {for}", "已逾期 {for}"],
  last: ["last visit {ago} ago", "上次到访 {ago} 前"],
  lastNone: ["no visit known", "无到访记录"],
  dwell: [{ one: "{n} visit, {for} in all", other: "{n} visits, {for} in all" }, "到访 {n} 次，共 {for}"],
  known: ["{share} of the time is known", "已知时段占 {share}"],
  more: [{ one: "and {n} more", other: "and {n} more" }, "另有 {n} 处"],
  refused: ["Your roles do not see presence.", "您的角色无权查看见警情况。"],
} satisfies Record<string, Pair>;
