// What the console shows: first run, sign-in, or the board with the bar above it.
import { useEffect } from "preact/hooks";
import { mode, url } from "../app/where";
import { Loading } from "../kit/controls";
import { Toasts } from "../kit/toasts";
import { look, session } from "../live/session";
import { start, stop } from "../live/stream";
import { Operate } from "../operate/operate";
import { FirstRun } from "../sign-in/first-run";
import { SignIn } from "../sign-in/sign-in";
import { Bar } from "./bar";
import { Help } from "./help";
import { lazily } from "./lazily";

const Settings = lazily(async () => (await import("../settings/settings")).Settings);

function Mode() {
  const now = mode.value;
  switch (now.mode) {
    case "review":
      return <Review />;
    case "figures":
      return <Figures />;
    case "paper":
      return <Paper />;
    case "plan":
      return <Plan page={now.page} />;
    case "settings":
      return <Settings page={now.page} />;
    default:
      return <Operate />;
  }
}

const Figures = lazily(async () => (await import("../figures/figures")).Figures);
const Paper = lazily(async () => (await import("../paper/paper")).Paper);
const Plan = lazily(async () => (await import("../plan/plan")).Plan);
const Review = lazily(async () => (await import("../review/review")).Review);

function Board() {
  // The past is loaded by whoever shows it; everything else follows what is.
  const live = mode.value.mode !== "review";
  useEffect(() => {
    if (!live) return;
    void start();
    return stop;
  }, [live]);
  return (
    <div class="console">
      <Bar />
      <Mode />
      <Help />
    </div>
  );
}

function Page() {
  const path = url.value.pathname;
  if (path === "/set-up" || path === "/accept") return <FirstRun accept={path === "/accept"} />;
  if (session.value === undefined) return <Loading />;
  if (session.value === null) return <SignIn />;
  return <Board />;
}

export function Console() {
  useEffect(() => void look(), []);
  return (
    <>
      <Page />
      <Toasts />
    </>
  );
}
