// Parts of the console that are loaded when somebody goes there, so that the board is there at once.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { UNREACHABLE } from "../api/client";
import { Fault, Loading } from "../kit/controls";

export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Lazily(props: P) {
    const [part, setPart] = useState<ComponentType<P> | null>(null);
    const [failed, setFailed] = useState(false);
    const go = () => {
      setFailed(false);
      load().then((found) => setPart(() => found), () => setFailed(true));
    };
    useEffect(go, []);
    if (failed) return <Fault problem={UNREACHABLE} again={go} />;
    const Part = part;
    return Part ? <Part {...props} /> : <Loading />;
  };
}
