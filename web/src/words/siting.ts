// What the page that has posts chosen says of limits, places and hours, and of what a run came to.
import type { Pair } from "./say";

export const LEAST = {
  posts: ["posts", "岗点"],
  money: ["money", "经费"],
  staff: ["people", "人员"],
} satisfies Record<string, Pair>;

export const LIMIT = {
  limits: ["Money, people, shares", "经费、人员与占比"],
  money: ["Money for all posts", "全部岗点经费上限"],
  staff: ["People at all posts", "全部岗点人员上限"],
  noLimit: ["no limit", "不限"],
  outer: ["Everywhere within, min", "全域到达上限（分钟）"],
  outerHint: ["Every place that can be is reached within it, whatever the aim.", "任何目标下，可达地点均须在此时限内到达。"],
  share: ["Share of demand to be covered, %", "须覆盖的需求占比（%）"],
  busy: ["Units are busy, % of their time", "力量占用率（%）"],
  least: ["Least of", "最少化"],
  added: ["Each post that is added", "每个新增岗点"],
  takesMoney: ["Money", "经费"],
  takesStaff: ["People", "人员"],
  capacity: ["Can serve", "服务容量"],
  capacityHint: ["Of demand, in its own measure; nothing is without limit. It goes with the aim of most demand alone.", "按需求单位计，留空不限。仅适用于“覆盖最多需求”。"],
  grade: ["{grade}, min", "{grade}（分钟）"],
} satisfies Record<string, Pair>;

export const STAND = {
  title: [{ one: "Posts of today, {n} stays", other: "Posts of today, {n} stay" }, "现有岗点，保留 {n} 个"],
  keep: ["stays", "保留"],
  may: ["may go", "可调整"],
  go: ["goes", "撤除"],
  all: ["All of them", "全部"],
  post: ["Post", "岗点"],
  is: ["It", "处置"],
  of: ["{what}: {post}", "{post}：{what}"],
  own: ["Also where the draft has new posts", "含方案草案中的新岗点"],
  barred: ["Where none may be added", "禁设岗点的地方"],
  barArea: ["Not in an area", "禁设区域"],
  barPlace: ["Not near a place…", "在地图上选禁设点…"],
  barHint: ["Point at the place on the map. Escape leaves it.", "在地图上点选，Esc 取消。"],
  metres: ["How near, m", "半径（米）"],
  place: ["Place {n}", "地点 {n}"],
  lift: ["Allow again: {what}", "解除：{what}"],
  choose: ["choose…", "请选择…"],
} satisfies Record<string, Pair>;

export const FLOOR = {
  title: ["Least cover of areas", "各区域最低覆盖"],
  of: ["Area", "区域"],
  each: ["each: {level}", "各{level}"],
  percent: ["At least, %", "不低于（%）"],
  add: ["Add", "添加"],
  says: ["{area}: at least {share}", "{area}：不低于 {share}"],
} satisfies Record<string, Pair>;

export const HOUR = {
  title: ["Weights by hour", "按时段加权"],
  none: ["No calls are on record, so how demand spreads over the hours is not known: every hour counts alike.", "尚无警情记录，无法得知需求的时段分布：各时段同等计入。"],
  on: ["Weigh the hours of the day", "启用时段加权"],
  why: ["The city's files give a day's demand. How it spreads over the hours is counted from calls, area by area; the plan is then tried on other days.", "城市数据给出全天需求，其时段分布按各区域警情统计；方案须在其他日期推演。"],
  source: ["Calls of", "警情来源"],
  first: ["From the day", "起始日"],
  last: ["To the day", "截止日"],
  from: ["From", "从"],
  until: ["Until", "至"],
  times: ["Counts, times", "权重"],
  band: ["Band {n}", "时段 {n}"],
  add: ["Another band", "新增时段"],
  remove: ["Leave out band {n}", "移除时段 {n}"],
  rest: ["Hours of no band count once.", "未列时段权重为 1。"],
  counted: [{ one: "{n} call by hour of the day", other: "{n} calls by hour of the day" }, "{n} 起警情的时段分布"],
  at: ["{hour}: {n}", "{hour}：{n} 起"],
} satisfies Record<string, Pair>;

export const BINDS = {
  title: ["What holds it back", "受限因素"],
  posts: ["All {most} posts are taken. One more at {post} would bring {share} of demand.", "{most} 个岗点已用尽。在 {post} 再增一个可多覆盖 {share} 的需求。"],
  postsTime: ["All {most} posts are taken. One more at {post} would help.", "{most} 个岗点已用尽。在 {post} 再增一个仍有改善。"],
  money: ["The money: {spent} of {most} is taken, and it does not suffice for what would help.", "经费：已用 {spent}，上限 {most}，不足以继续改善。"],
  staff: ["The people: {spent} of {most} are taken, and they do not suffice for what would help.", "人员：已用 {spent}，上限 {most}，不足以继续改善。"],
  floor: ["The least cover of {area} draws posts there.", "{area} 的最低覆盖要求占用了岗点。"],
  capacity: ["{post} covers more than it can serve.", "{post} 覆盖的需求超出其容量。"],
  takes: ["Money {money}, people {staff}", "经费 {money}，人员 {staff}"],
} satisfies Record<string, Pair>;
