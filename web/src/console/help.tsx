// The keys that do something here, on `?`.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { layers, listen } from "../app/keys";
import { Key } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { say, type Pair } from "../words/say";

const W = {
  keys: ["Keys", "快捷键"],
  everywhere: ["Everywhere", "全局"],
  show: ["Show the keys", "显示快捷键"],
} satisfies Record<string, Pair>;

const open = signal(false);

export function Help() {
  useEffect(() => listen(W.everywhere, [{ press: "?", says: W.show, run: () => (open.value = true) }]), []);
  if (!open.value) return null;
  return (
    <Dialog title={say(W.keys)} close={() => (open.value = false)} wide>
      <div class="help">
        {layers.value.map((layer, index) => {
          const keys = layer.keys.filter((key) => !key.hidden && key.press !== "Escape");
          if (keys.length === 0) return null;
          return (
            <section key={index}>
              <h3>{say(layer.name)}</h3>
              <dl>
                {keys.map((key) => (
                  <div key={key.press}>
                    <dt><Key press={key.press} /></dt>
                    <dd>{say(key.says)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
