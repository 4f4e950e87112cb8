// The crew's page: signed out, before a tour, or on one, with the call for help always there.
import { effect, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { drill, speed } from "../live/clock";
import { look, session } from "../live/session";
import { stop as leaveBoard } from "../live/stream";
import { W as C } from "../words/common";
import { W } from "../words/crew";
import { say, type Pair } from "../words/say";
import { shortTime } from "../words/time";
import { Actions, sheet, Sheets } from "./actions";
import { beep } from "./beep";
import { attend, onDuty, recall, staff, tour } from "./duty";
import { shake } from "./hold";
import { Report } from "./report";
import { share } from "./sharing";
import { SharingSign } from "./sharing-sign";
import { SignIn } from "./sign-in";
import { SosButton, SosState } from "./sos";
import { remember, task } from "./task";
import { TaskView } from "./task-view";
import { Phone, PlannedTours, TourView } from "./tour-view";
import { Line, Waiting } from "./waiting";
import { forget as forgetWay } from "./way";

const tab = signal<"task" | "tour">("task");

/** A new task is felt and heard, and shown whatever was shown before. */
function announce(): () => void {
  let known: number | null = null;
  return effect(() => {
    const on = task.value;
    const fresh = on !== null && on.incident !== known && on.stage === "dispatched" && on.kept === undefined;
    known = on?.incident ?? null;
    if (!on) forgetWay();
    if (!fresh) return;
    tab.value = "task";
    shake([300, 120, 300, 120, 300]);
    beep();
  });
}

const DRILL = ["Drill ×{n}", "演练 ×{n}"] as const satisfies Pair;

function Top() {
  const on = tour.value;
  return (
    <header class="top">
      <p class="call-sign"><strong>{on?.call_sign ?? staff.value}</strong> {on && <span class="muted">{say(W.until, { to: shortTime(on.tour.ends) })}</span>}</p>
      {drill.value && <p class="drill">{say(DRILL, { n: speed.value })}</p>}
      <SharingSign />
      <Line />
      <SosState />
    </header>
  );
}

function Nav() {
  const button = (name: "task" | "tour", says: Pair) => (
    <button type="button" class="tap" aria-current={tab.value === name ? "page" : undefined} onClick={() => (tab.value = name)}>{say(says)}</button>
  );
  return (
    <nav class="bottom">
      {button("task", W.task)}
      <SosButton />
      {button("tour", W.shift)}
    </nav>
  );
}

function OnTour() {
  return (
    <div class="crew">
      <Top />
      <main>
        <Waiting />
        {tab.value === "task" ? <TaskView /> : <TourView />}
      </main>
      {tab.value === "task" && <Actions />}
      <Nav />
      <Sheets />
      {sheet.value === "report" && <Report />}
    </div>
  );
}

function OffTour() {
  return (
    <div class="crew">
      <Top />
      <main>
        <Waiting />
        <PlannedTours />
        <Phone />
      </main>
      <nav class="bottom alone"><SosButton /></nav>
    </div>
  );
}

const Opening = () => (
  <main class="crew door">
    <h1>Precinct</h1>
    <Line />
    <p role="status">{say(C.loading)}</p>
  </main>
);

export function Crew() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stops: (() => void)[] = [];
    void recall().then(() => {
      setReady(true);
      void look();
      stops = [attend(), remember(), share(), announce()];
    });
    return () => {
      for (const stop of stops) stop();
      leaveBoard();
    };
  }, []);
  useEffect(() => {
    document.title = say(W.title);
  });
  if (!ready) return <Opening />;
  if (session.value === null) return <SignIn />;
  if (onDuty.value) return <OnTour />;
  return session.value === undefined && staff.value === null ? <Opening /> : <OffTour />;
}
