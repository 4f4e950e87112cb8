// The pages of the settings: what each is for, and for whom. The server decides; a page that would be refused says so beforehand.
import type { ComponentType } from "preact";
import { has, type Role } from "../live/session";
import type { Pair } from "../words/say";
import { S } from "../words/settings";
import { AccountPage } from "./account";
import { AreasPage } from "./areas";
import { CataloguePage } from "./catalogue";
import { CheckPage } from "./check";
import { DevicesPage } from "./devices";
import { KeysPage } from "./keys";
import { PeoplePage } from "./people";
import { PoliciesPage } from "./policies";
import { PostsPage } from "./posts";
import { SystemPage } from "./system";
import { ToursPage } from "./tours";
import { UnitsPage } from "./units";

export interface Page {
  name: string;
  title: Pair;
  purpose: Pair;
  /** None is everybody. */
  roles: readonly Role[];
  Page: ComponentType;
}

const PLANS: readonly Role[] = ["planner", "commander"];
const ORDERS: readonly Role[] = ["planner", "commander", "duty_officer"];

export const PAGES: readonly Page[] = [
  { name: "account", title: S.account, purpose: S.accountFor, roles: [], Page: AccountPage },
  { name: "people", title: S.people, purpose: S.peopleFor, roles: ["administrator"], Page: PeoplePage },
  { name: "keys", title: S.keys, purpose: S.keysFor, roles: ["administrator"], Page: KeysPage },
  { name: "policies", title: S.policies, purpose: S.policiesFor, roles: ["administrator"], Page: PoliciesPage },
  { name: "units", title: S.units, purpose: S.unitsFor, roles: ORDERS, Page: UnitsPage },
  { name: "devices", title: S.devices, purpose: S.devicesFor, roles: ["administrator", "duty_officer", "commander"], Page: DevicesPage },
  { name: "tours", title: S.tours, purpose: S.toursFor, roles: ORDERS, Page: ToursPage },
  { name: "posts", title: S.posts, purpose: S.postsFor, roles: ORDERS, Page: PostsPage },
  { name: "areas", title: S.areas, purpose: S.areasFor, roles: ORDERS, Page: AreasPage },
  { name: "catalogue", title: S.catalogue, purpose: S.catalogueFor, roles: PLANS, Page: CataloguePage },
  { name: "check", title: S.check, purpose: S.checkFor, roles: ["planner", "administrator"], Page: CheckPage },
  { name: "system", title: S.system, purpose: S.systemFor, roles: [], Page: SystemPage },
];

export const mayOpen = (page: Page): boolean => page.roles.length === 0 || has(...page.roles);
