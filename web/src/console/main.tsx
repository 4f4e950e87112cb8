// The console: signs in, follows the board, and shows what the address says.
import { render } from "preact";
import "../kit/base.css";
import "../kit/kit.css";
import "./console.css";
import "../app/theme";
import "../live/names";
import { Console } from "./console";

const page = document.getElementById("page");
if (page) render(<Console />, page);
