// Words that many pages say.
import type { Pair } from "./say";

export const W = {
  close: ["Close", "关闭"],
  cancel: ["Cancel", "取消"],
  save: ["Save", "保存"],
  again: ["Try again", "重试"],
  back: ["Back", "返回"],
  remove: ["Remove", "移除"],
  loading: ["Loading…", "载入中…"],
  none: ["none", "无"],
  unknown: ["unknown", "未知"],
  yes: ["yes", "是"],
  no: ["no", "否"],
  required: ["This is needed", "此项必填"],
  unreachable: ["The server cannot be reached", "无法连接服务器"],
  unreachableHint: [
    "What you entered is still here. It is tried again as soon as the line is back; or try now.",
    "已输入的内容仍在。线路恢复后会自动重试，也可以立即重试。",
  ],
  noPermission: ["Your role does not allow this", "您的角色无此权限"],
  noPermissionHint: [
    "An administrator can give you the role. In an emergency, break glass: it works at once and is on record.",
    "管理员可以授予所需角色。紧急情况下可破窗越权：立即生效，并记录在案。",
  ],
  nothingFound: ["Nothing found", "未找到"],
  search: ["Search", "搜索"],
  more: ["More", "更多"],
  copy: ["Copy", "复制"],
  copied: ["Copied", "已复制"],
} satisfies Record<string, Pair>;

export const STATUS = {
  off_duty: ["Off duty", "未上岗"],
  available: ["Available", "待命"],
  dispatched: ["Dispatched", "已派警"],
  acknowledged: ["Acknowledged", "已接警"],
  en_route: ["En route", "途中"],
  on_scene: ["On scene", "现场"],
  transporting: ["Transporting", "押送"],
  out: ["Out of service", "暂停"],
} satisfies Record<string, Pair>;

export const STAGE = {
  dispatched: STATUS.dispatched,
  acknowledged: STATUS.acknowledged,
  en_route: STATUS.en_route,
  on_scene: STATUS.on_scene,
  transporting: STATUS.transporting,
  ended: ["Ended", "结束"],
} satisfies Record<string, Pair>;

export const PRIORITY = {
  1: ["Priority 1, at once", "一级，立即处置"],
  2: ["Priority 2, urgent", "二级，紧急"],
  3: ["Priority 3, prompt", "三级，尽快"],
  4: ["Priority 4, routine", "四级，一般"],
  5: ["Priority 5, can wait", "五级，可缓"],
} satisfies Record<number, Pair>;

export const SOURCE = {
  call: ["Call", "电话报警"],
  alarm: ["Alarm", "报警设备"],
  report: ["Public report", "群众上报"],
  patrol: ["Patrol finding", "巡逻发现"],
  partner: ["Partner agency", "协作单位"],
  sos: ["Officer's call for help", "警员求助"],
} satisfies Record<string, Pair>;

export const ROLE = {
  call_taker: ["Call-taker", "接警员"],
  dispatcher: ["Dispatcher", "调度员"],
  duty_officer: ["Duty officer", "值班长"],
  commander: ["Commander", "指挥员"],
  planner: ["Planner", "规划员"],
  crew: ["Crew", "警组"],
  site_keeper: ["Site keeper", "单位负责人"],
  partner: ["Partner", "协作单位"],
  auditor: ["Auditor", "审计员"],
  operator: ["IT operator", "运维员"],
  administrator: ["Administrator", "管理员"],
  gateway: ["Gateway", "数据网关"],
} satisfies Record<string, Pair>;

export const VEHICLE = {
  car: ["Car", "汽车"],
  motorcycle: ["Motorcycle", "摩托车"],
  bicycle: ["Bicycle", "自行车"],
  foot: ["On foot", "步巡"],
  boat: ["Boat", "船艇"],
} satisfies Record<string, Pair>;

export const POST_KIND = {
  police_station: ["Police station", "派出所"],
  street_station: ["Street police station", "街面警务站"],
  checkpoint: ["Checkpoint", "公安检查站"],
  standby: ["Standby point", "备勤点"],
  fire_station: ["Fire station", "消防站"],
} satisfies Record<string, Pair>;

export const POST_STATE = {
  open: ["open", "开放"],
  reinforced: ["reinforced", "加强"],
  closed: ["closed", "关闭"],
} satisfies Record<string, Pair>;

export const PLACE_KIND = {
  street: ["Street", "道路"],
  crossing: ["Crossing", "路口"],
  address: ["Address", "门牌"],
  post: ["Post", "岗点"],
  site: ["Site", "单位"],
  area: ["Area", "区域"],
} satisfies Record<string, Pair>;

/** What kinds of problem are called; what was wrong this time is in the server's own words. */
export const PROBLEM = {
  "bad-request": ["The request cannot be read", "请求无法识别"],
  "not-found": ["There is no such thing", "没有该对象"],
  "sign-in": ["Sign in first", "请先登录"],
  "not-allowed": ["You may not do this", "无权执行此操作"],
  method: ["Not by this method", "不支持此方式"],
  refused: ["This cannot be done now", "当前无法执行"],
  "too-large": ["This is too large", "内容过大"],
  "too-often": ["Wait before you try again", "操作过于频繁，请稍候"],
  later: ["Not at present", "暂时不可用，请稍后再试"],
  changed: ["Somebody else changed it meanwhile", "已被他人更改"],
  full: ["The disk is full", "磁盘空间不足"],
  inside: ["Something went wrong inside", "系统内部错误"],
} satisfies Record<string, Pair>;
