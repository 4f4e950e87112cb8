// A new password, twice, with its rule told before it is broken.
import { useState } from "preact/hooks";
import { Input } from "../kit/controls";
import { say } from "../words/say";
import { W } from "../words/sign-in";

/** As the server has it: crates/accounts says the same number. */
export const LEAST = 12;

export interface Chosen { password: string; good: boolean }

export function NewPassword({ chosen, choose }: { chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const [again, setAgain] = useState("");
  const [left, setLeft] = useState(false);
  const { password } = chosen;
  const missing = LEAST - [...password].length;
  const tell = (first: string, second: string) => choose({ password: first, good: [...first].length >= LEAST && first === second });
  const short = left && password && missing > 0 ? say(W.left, { n: missing }) : null;
  const differ = again && password.slice(0, again.length) !== again ? say(W.differ) : null;
  return (
    <>
      <div onFocusOut={() => setLeft(true)}>
        <Input label={W.password} hint={say(W.rule, { n: LEAST })} wrong={short} type="password" value={password} autocomplete="new-password" required
          onValue={(value) => tell(value, again)} />
      </div>
      <Input label={W.again} wrong={differ} type="password" value={again} autocomplete="new-password" required
        onValue={(value) => {
          setAgain(value);
          tell(password, value);
        }} />
    </>
  );
}
