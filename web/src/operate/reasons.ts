// Why a unit stands where it does, in the page's language: the server tells the reason, this the words.
import type { Schemas } from "../api/client";
import { areas } from "../live/board";
import { titleOf } from "../live/catalogue";
import { named, say, type Pair } from "../words/say";
import { age } from "../words/time";
import { numbered } from "./orders";

const WHY = {
  nearest: ["nearest", "最近"],
  no_network: ["does not go by road: judge its time yourself", "不走道路，请人工判断用时"],
  no_place: ["its place is not known: ask it", "位置不明，请询问"],
  off_road: ["no road it could use is near: judge its time yourself", "附近无可用道路，请人工判断"],
  pre_empts: ["would be taken off {incident}", "将从 {incident} 改派"],
  stale: ["last seen {age} ago", "最后定位 {age} 前"],
  never_seen: ["never seen, taken to be at its post", "无定位，按在岗点计"],
  other_area: ["of {area}", "属 {area}"],
  tour_ends: ["its tour ends in {age}", "{age} 后下岗"],
  off_duty: ["off duty", "未上岗"],
  out_of_service: ["out of service ({name})", "暂停备勤（{name}）"],
  lacks: ["lacks {name}", "缺{name}能力"],
  on_it: ["on it already", "已在处置"],
  as_urgent: ["on {incident}, which is as urgent or too far on", "正处置 {incident}，同样紧急或已到后段"],
  unreachable: ["no road leads there from where it is", "无路可达"],
  beyond: ["more than {age} away", "超过 {age} 路程"],
} satisfies Record<string, Pair>;

export function reasonSays(reason: Schemas["ReasonDoc"]): string {
  const pair = (WHY as Record<string, Pair | undefined>)[reason.code];
  if (!pair) return reason.says;
  const number = reason.number ?? 0;
  const list = reason.code === "out_of_service" ? "reasons" : "capabilities";
  return say(pair, {
    incident: numbered(number), age: age(number), area: named(areas.value.get(number)?.name), name: titleOf(list, reason.name),
  });
}
