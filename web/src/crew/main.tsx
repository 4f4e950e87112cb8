// The crew's page on a phone.
import { render } from "preact";
import "../kit/base.css";
import "../kit/kit.css";
import "./crew.css";
import "../app/theme";
import { Crew } from "./crew";

const page = document.getElementById("page");
if (page) render(<Crew />, page);

/** Keeps the page's own files on the phone; without it the page needs a line to open. */
void navigator.serviceWorker?.register("/crew-worker.js", { scope: "/crew" }).catch(() => {});
