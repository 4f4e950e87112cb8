// The server's documents under the names the pages use.
import type { Schemas } from "./client";

export type Incident = Schemas["IncidentDoc"];
export type Unit = Schemas["UnitDoc"];
export type Post = Schemas["PostDoc"];
export type Area = Schemas["AreaDoc"];
export type Shift = Schemas["ShiftDoc"];
export type RunningClock = Schemas["ClockDoc"];
export type ClockName = Schemas["ClockName"];
export type Sos = Schemas["SosDoc"];
export type Board = Schemas["BoardDoc"];
export type Change = Schemas["ChangeDoc"];
export type Recorded = Schemas["Recorded"];
export type Assignment = Schemas["AssignmentDoc"];
export type UnitStatus = Schemas["UnitStatus"];
export type Recommendation = Schemas["RecommendationDoc"];
export type Candidate = Schemas["CandidateDoc"];
export type Found = Schemas["FoundDoc"];
export type Session = Schemas["SessionDoc"];
export type CityTime = Schemas["TimeDoc"];
export type Ring = Schemas["RingDoc"];
export type Containment = Schemas["ContainmentDoc"];
export type Checkpoint = Schemas["CheckpointDoc"];
export type At = [lon: number, lat: number];

/** What the catalogue has: the document leaves it open, since a city may replace it. */
export interface Named { en: string; zh: string }
export interface Catalogue {
  version: string;
  types: {
    code: string; title: Named; priority: number; listed_preventable: boolean;
    needs: { capability: string | null; units: number }[]; clocks: unknown;
  }[];
  [list: string]: unknown;
}
