// Planning: posts and what they cover, rings and their crossings, checkpoints at work, plans tried on days that were.
import { useEffect } from "preact/hooks";
import { go } from "../app/where";
import { Fault, Tabs } from "../kit/controls";
import { refused } from "../live/stream";
import { CityMapView } from "../map/map";
import "../map/map.css";
import { lined, pick } from "../map/state";
import { CHECKPOINT } from "../words/checkpoints";
import { PLAN } from "../words/plan";
import { say } from "../words/say";
import { Checkpoints } from "./checkpoints";
import "./plan.css";
import { Posts } from "./posts";
import { Rings } from "./rings";
import { WhatIf } from "./what-if";

const PAGES = [["posts", PLAN.posts], ["rings", PLAN.rings], ["checkpoints", CHECKPOINT.title], ["what-if", PLAN.whatIf]] as const;
type Page = (typeof PAGES)[number][0];

function Content({ page }: { page: Page }) {
  switch (page) {
    case "posts": return <Posts />;
    case "what-if": return <WhatIf />;
    case "rings": return <Rings />;
    case "checkpoints": return <Checkpoints />;
  }
}

export function Plan({ page }: { page: string }) {
  const here = PAGES.find(([name]) => name === page)?.[0] ?? PAGES[0][0];
  useEffect(() => () => {
    lined.value = null;
    pick.value = null;
  }, [here]);
  if (refused.value) return <main class="refused"><Fault problem={refused.value} /></main>;
  return (
    <main class="plan">
      <div class="plan-side">
        <Tabs label={say(PLAN.plan)} tabs={PAGES.map(([name, says]) => [name, say(says)] as const)} chosen={here} choose={(to) => go(`/plan/${to}`)} />
        <Content page={here} />
      </div>
      <div class="map-box"><CityMapView /></div>
    </main>
  );
}
