// What the overlay of reach tells in figures, on the map while it is shown.
import { reach } from "../live/reach";
import { reachShown } from "../map/state";
import { W as Common } from "../words/common";
import { W } from "../words/operate";
import { percent, say } from "../words/say";

export function ReachLegend() {
  if (!reachShown.value) return null;
  const found = reach.value;
  if (!found) return <div class="legend" role="status">{say(Common.loading)}</div>;
  const free = found.units_seen + found.units_at_post;
  return (
    <div class="legend" role="status">
      <p class="label">{say(W.reachShares)}</p>
      <dl>
        {found.features.map(({ properties: band }, index) => (
          <div key={band.minutes}>
            <dt><span class={`swatch band-${index}`} /> {say(W.withinMinutes, { m: band.minutes })}</dt>
            <dd>{band.demand == null ? percent(band.streets / 10_000) : percent(band.demand / 10_000)}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">{say(W.reachUnits, { n: free })}</p>
    </div>
  );
}
