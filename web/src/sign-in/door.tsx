// The frame of what is shown to who is not signed in, with language and theme at hand.
import type { ComponentChildren } from "preact";
import { choose as chooseTheme, theme, wish } from "../app/theme";
import { Button } from "../kit/controls";
import { choose, language, say } from "../words/say";
import { W } from "../words/sign-in";
import "./sign-in.css";

export function Door({ children, wide }: { children: ComponentChildren; wide?: boolean }) {
  return (
    <main class="door">
      <div class={wide ? "leaf wide" : "leaf"}>
        <p class="name">Precinct</p>
        {children}
        <footer>
          <Button kind="plain" onClick={() => choose(language.value === "zh" ? "en" : "zh")}>{say(W.language)}</Button>
          <Button kind="plain" label={`${say(W.theme)}: ${wish.value}`} onClick={() => chooseTheme(theme.value === "dark" ? "light" : "dark")}>
            {theme.value === "dark" ? "●" : "○"}
          </Button>
        </footer>
      </div>
    </main>
  );
}
