// The bar above everything: where one is, what must not be missed, how the line is, what time it is, who is signed in.
import type { ComponentChildren } from "preact";
import { choose as chooseTheme, theme, wish } from "../app/theme";
import { go, mode } from "../app/where";
import { Button } from "../kit/controls";
import { drill, now, speed, tick } from "../live/clock";
import { has, past, session, signOut } from "../live/session";
import { line } from "../live/stream";
import { Alarms } from "../operate/alarms";
import { FIGURES } from "../words/figures";
import { PAPER } from "../words/paper";
import { PLAN } from "../words/plan";
import { REVIEW } from "../words/review";
import { choose as chooseLanguage, language, say, type Pair } from "../words/say";
import { clockTime, day, dayTime, duration } from "../words/time";

const W = {
  operate: ["Operate", "指挥"],
  settings: ["Settings", "设置"],
  live: ["Live", "实时"],
  connecting: ["Connecting…", "连接中…"],
  lost: ["Line lost: this is the picture of {ago} ago", "线路中断：画面停留在 {ago} 前"],
  drill: ["Drill ×{n}", "演练 ×{n}"],
  signOut: ["Sign out", "退出"],
  language: ["中文", "English"],
  theme: ["Dark or light", "深色或浅色"],
} satisfies Record<string, Pair>;

function Line() {
  if (past.value) return <strong class="line past">◷ {say(REVIEW.pastSign)}</strong>;
  const state = line.value;
  void tick.value;
  if (state.state === "live") return <span class="line live">● {say(W.live)}</span>;
  if (state.state === "connecting") return <span class="line">○ {say(W.connecting)}</span>;
  return <strong class="line lost" role="alert">▲ {say(W.lost, { ago: duration(performance.now() - state.since) })}</strong>;
}

function Time() {
  void tick.value;
  const at = now();
  return (
    <time class="time" dateTime={new Date(at).toISOString()} title={day(at)}>
      {drill.value && <span class="drill">{say(W.drill, { n: speed.value })}</span>}
      {past.value ? `${dayTime(at).replace(/[, ]*\d\d:\d\d$/, "")} ` : ""}{clockTime(at)}
    </time>
  );
}

function Link({ to, on, children }: { to: string; on: boolean; children: ComponentChildren }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return <a class="mode" href={to} aria-current={on ? "page" : undefined} onClick={follow}>{children}</a>;
}

const NEXT = { auto: "dark", dark: "light", light: "auto" } as const;
const THEME_SHOWN = { auto: "◐", dark: "●", light: "○" } as const;

export function Bar() {
  const here = mode.value.mode;
  return (
    <header class="bar">
      <nav aria-label="Precinct">
        <Link to="/" on={here === "operate"}>{say(W.operate)}</Link>
        {has("dispatcher", "duty_officer", "commander", "planner", "auditor", "administrator") && (
          <Link to="/review" on={here === "review"}>{say(REVIEW.review)}</Link>
        )}
        {has("dispatcher", "duty_officer", "commander", "planner", "auditor", "administrator") && (
          <Link to="/figures" on={here === "figures"}>{say(FIGURES.figures)}</Link>
        )}
        {has("call_taker", "dispatcher", "duty_officer", "commander") && <Link to="/paper" on={here === "paper"}>{say(PAPER.paper)}</Link>}
        {has("planner", "dispatcher", "duty_officer", "commander", "auditor") && <Link to="/plan" on={here === "plan"}>{say(PLAN.plan)}</Link>}
        <Link to="/settings" on={here === "settings"}>{say(W.settings)}</Link>
      </nav>
      <Alarms />
      <div class="right">
        <Line />
        <Time />
        <Button kind="plain" icon label={`${say(W.theme)}: ${wish.value === "auto" ? theme.value : wish.value}`} onClick={() => chooseTheme(NEXT[wish.value])}>
          {THEME_SHOWN[wish.value]}
        </Button>
        <Button kind="plain" onClick={() => chooseLanguage(language.value === "zh" ? "en" : "zh")}>{say(W.language)}</Button>
        <span class="who clip" title={session.value?.staff}>{session.value?.staff}</span>
        <Button kind="plain" onClick={() => void signOut()}>{say(W.signOut)}</Button>
      </div>
    </header>
  );
}
