// One account: its roles, disabling it, resetting its second factor.
import { useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Button } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done } from "../kit/toasts";
import { W } from "../words/common";
import { say } from "../words/say";
import { P } from "../words/settings";
import { Refusal } from "./asked";
import { GrantsEditor, type Grant } from "./grants";
import { Sure } from "./long";
import type { Areas } from "./places";

interface Props { account: Schemas["AccountDoc"]; areas: Areas; close: () => void; changed: () => void }

type Grave = "disable" | "reset";

export function Person({ account, areas, close, changed }: Props) {
  const { staff } = account;
  const [grants, setGrants] = useState<Grant[]>(account.roles);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sure, setSure] = useState<Grave | null>(null);
  const told = async (asked: Promise<{ data?: unknown; error?: unknown; response: Response }>, says: string) => {
    setSure(null);
    const found = await outcome(asked);
    setProblem(found.ok ? null : found.problem);
    if (!found.ok) return;
    done(says);
    changed();
    close();
  };
  const path = { params: { path: { staff } } };
  const save = () => told(api.PUT("/api/v1/accounts/{staff}/roles", { ...path, body: { roles: grants } }), say(P.rolesSaved, { staff }));
  const disable = () => told(api.POST("/api/v1/accounts/{staff}/disable", { ...path, body: {} }), say(P.isDisabled, { staff }));
  const reset = () => told(api.POST("/api/v1/accounts/{staff}/reset-factor", { ...path, body: {} }), say(P.isReset, { staff }));
  return (
    <Dialog title={staff} close={close}>
      <GrantsEditor grants={grants} change={setGrants} areas={areas} />
      {problem && <Refusal problem={problem} />}
      <footer>
        {account.second_factor && <Button onClick={() => setSure("reset")}>{say(P.reset)}</Button>}
        {!account.disabled && <Button kind="grave" onClick={() => setSure("disable")}>{say(P.disable)}</Button>}
        <Button onClick={close}>{say(W.cancel)}</Button>
        <Button kind="first" onClick={() => void save()}>{say(P.saveRoles)}</Button>
      </footer>
      {sure === "disable" && <Sure says={say(P.disableSure, { staff })} act={say(P.disable)} doIt={() => void disable()} close={() => setSure(null)} />}
      {sure === "reset" && <Sure says={say(P.resetSure, { staff })} act={say(P.reset)} doIt={() => void reset()} close={() => setSure(null)} />}
    </Dialog>
  );
}
