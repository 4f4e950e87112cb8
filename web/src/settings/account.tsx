// One's own account: who one is, the second factor, language and look, breaking glass.
import { useState } from "preact/hooks";
import { choose as chooseTheme, wish, type Wish } from "../app/theme";
import { Button, Select } from "../kit/controls";
import { session, signOut } from "../live/session";
import { SetUpFactor, ShowFactor } from "../sign-in/factor";
import { chime, chimes, chimesOn } from "../operate/sounds";
import { ROLE } from "../words/common";
import { choose, language, oneOf, say, type Language } from "../words/say";
import { ACC, P, S } from "../words/settings";
import { F } from "../words/sign-in";
import { Glass } from "./glass";
import { useAreas } from "./places";

function Roles() {
  const areas = useAreas();
  const grants = session.value?.roles ?? [];
  if (grants.length === 0) return <p class="muted">{say(P.noRoles)}</p>;
  return (
    <ul>
      {grants.map((grant) => (
        <li key={`${grant.role} ${grant.area}`}>{oneOf(ROLE, grant.role)}, {areas.nameOf(grant.area)}</li>
      ))}
    </ul>
  );
}

function Factor() {
  const shown = Boolean(session.value?.second_factor);
  const [begun, setBegun] = useState(false);
  const [showing, setShowing] = useState(false);
  return (
    <section>
      <h2>{say(F.title)}</h2>
      <p class="muted">{say(F.why)}</p>
      <p class={shown ? "good" : "warned"}>{say(shown ? F.has : F.hasNot)}</p>
      <SetUpFactor replace={shown} begun={setBegun} />
      {!shown && !begun && !showing && <div class="row"><Button onClick={() => setShowing(true)}>{say(F.haveOne)}</Button></div>}
      {!shown && !begun && showing && <ShowFactor over={() => setShowing(false)} />}
    </section>
  );
}

function Look() {
  const [sounds, setSounds] = useState(chimesOn);
  const sound = (on: boolean) => {
    chimes(on);
    setSounds(on);
    if (on) chime(1);
  };
  return (
    <section>
      <h2>{say(ACC.look)}</h2>
      <div class="fields narrow">
        <Select label={ACC.language} value={language.value} onValue={(value) => choose(value as Language)} options={[["zh", "中文"], ["en", "English"]]} />
        <Select label={ACC.theme} value={wish.value} onValue={(value) => chooseTheme(value as Wish)}
          options={[["auto", say(ACC.auto)], ["dark", say(ACC.dark)], ["light", say(ACC.light)]]} />
      </div>
      <label class="check">
        <input type="checkbox" checked={sounds} onChange={(event) => sound(event.currentTarget.checked)} />
        {say(ACC.chimes)}
      </label>
      <p class="faint">{say(ACC.kept)}</p>
    </section>
  );
}

export function AccountPage() {
  return (
    <>
      <section>
        <h2>{say(ACC.who, { staff: session.value?.staff ?? "" })}</h2>
        <Roles />
        <p class="faint">{say(ACC.sessionHint)}</p>
        <div class="row"><Button onClick={() => void signOut()}>{say(S.signOut)}</Button></div>
      </section>
      <Factor />
      <Look />
      <Glass />
    </>
  );
}
