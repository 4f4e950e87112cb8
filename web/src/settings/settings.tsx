// Settings, by page: the list of pages at the side, the page of the address beside it.
import { useEffect, useRef } from "preact/hooks";
import { go } from "../app/where";
import { Button, Empty } from "../kit/controls";
import { mayAdminister, session } from "../live/session";
import { SetUpFactor, ShowFactor } from "../sign-in/factor";
import { ROLE } from "../words/common";
import { language, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { F } from "../words/sign-in";
import { PAGES, mayOpen, type Page } from "./pages";
import "./settings.css";

function Entry({ page, chosen }: { page: Page; chosen: boolean }) {
  const roles = page.roles.map((role) => oneOf(ROLE, role)).join(language.value === "zh" ? "、" : ", ");
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(`/settings/${page.name}`);
  };
  return (
    <li>
      <a href={`/settings/${page.name}`} aria-current={chosen ? "page" : undefined} class={mayOpen(page) ? "" : "closed"} onClick={follow}>
        <span>{say(page.title)}</span>
        <small>{mayOpen(page) ? say(page.purpose) : say(S.for, { roles })}</small>
      </a>
    </li>
  );
}

/** On a narrow page the list is a field to choose from. */
function Chooser({ name }: { name: string }) {
  return (
    <select class="chooser" aria-label={say(S.choose)} value={name} onChange={(event) => go(`/settings/${event.currentTarget.value}`)}>
      {PAGES.map((page) => <option key={page.name} value={page.name}>{say(page.title)}</option>)}
    </select>
  );
}

/** Administrators without a shown factor are led to it wherever they are, except where it is set up. */
function Lead({ name }: { name: string }) {
  if (!mayAdminister.value || session.value?.second_factor || name === "account") return null;
  return (
    <section class="refusal">
      <h2>{say(F.first)}</h2>
      <p>{say(F.why)}</p>
      <ShowFactor over={() => go(`/settings/${name}`)} />
      <SetUpFactor />
    </section>
  );
}

export function Settings({ page }: { page: string }) {
  const name = page || "account";
  const found = PAGES.find((one) => one.name === name);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // Who went to another page begins at its heading; who came to the settings stays where the focus was.
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [name]);
  const lead = mayAdminister.value && !session.value?.second_factor && found?.roles.length === 1 && found.roles[0] === "administrator";
  return (
    <div class="settings">
      <nav aria-label={say(S.pages)}>
        <h2>{say(S.settings)}</h2>
        <Chooser name={name} />
        <ul>{PAGES.map((one) => <Entry key={one.name} page={one} chosen={one.name === name} />)}</ul>
      </nav>
      <main>
        {!found && <Empty says={say(S.noPage)}><Button onClick={() => go("/settings")}>{say(S.account)}</Button></Empty>}
        {found && <h1 ref={heading} tabIndex={-1}>{say(found.title)}</h1>}
        {found && (lead ? <Lead name={name} /> : <found.Page key={found.name} />)}
      </main>
    </div>
  );
}
