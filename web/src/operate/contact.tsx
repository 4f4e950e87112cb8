// How to reach who reported an incident: sealed, and shown once the look is on record.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import type { Incident } from "../api/documents";
import { Button, Fault } from "../kit/controls";
import { SHEET } from "../words/operate";
import { say } from "../words/say";
import { day } from "../words/time";

export function Contact({ one }: { one: Incident }) {
  const [contact, setContact] = useState<Schemas["ContactDoc"] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    setContact(null);
    setProblem(null);
  }, [one.incident, one.contact_until]);
  if (!one.contact_until) return null;
  const read = async () => {
    const asked = { params: { path: { incident: one.incident } }, body: { purpose: "response" } };
    const found = await outcome(api.POST("/api/v1/incidents/{incident}/contact/read", asked));
    if (found.ok) setContact(found.value);
    setProblem(found.ok ? null : found.problem);
  };
  return (
    <section>
      <h3>{say(SHEET.contact)}</h3>
      {problem && <Fault problem={problem} again={() => void read()} />}
      {contact ? (
        <p>
          <strong>{contact.name}</strong> {contact.number && <a href={`tel:${contact.number}`}>{contact.number}</a>}{" "}
          <span class="faint">{say(SHEET.contactUntil, { at: day(contact.until) })}</span>
        </p>
      ) : (
        <p><Button onClick={() => void read()}>{say(SHEET.contactRead)}</Button> <span class="faint">{say(SHEET.textReadHint)}</span></p>
      )}
    </section>
  );
}
